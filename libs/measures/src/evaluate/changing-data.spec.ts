import { modelDemand } from '@catchment/population';
import { WrittenMeasure } from './written-measure.fixture';

/** What happens to results when a source takes back what it sent, and when patients leave the panel. */
const cql = `library Scans version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Adult": AgeInYearsAt(start of "Measurement Period") >= 18
define "Scans": [Procedure] P where P.status = 'completed'
define "Scanned": exists "Scans"`;

const person = (id: string): object => ({ resourceType: 'Patient', id, birthDate: '1960-01-01' });
const scan = (id: string, patient: string): object => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  code: { coding: [{ system: 'urn:test', code: 'scan', display: 'Scan' }] },
  subject: { reference: `Patient/${patient}` },
  performedDateTime: '2026-03-01',
});
/** An active problem of the diabetes cohort. */
const diabetes = (patient: string): object => ({
  resourceType: 'Condition',
  id: `diabetes-${patient}`,
  subject: { reference: `Patient/${patient}` },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }] },
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  recordedDate: '2026-02-01',
});

const gaps = `select patient.fhir_id as id, gap_status as status, gap_reason as reason
  from care_gap join patient using (pid) order by id`;

describe('results of changing data', () => {
  let imported: WrittenMeasure;
  let measure: WrittenMeasure;
  beforeAll(async () => {
    imported = await WrittenMeasure.import(
      { name: 'Scans', cql },
      { 'initial-population': 'Adult', denominator: 'Adult', numerator: 'Scanned' },
    );
  }, 120_000);
  afterAll(() => imported.close());

  beforeEach(async () => {
    measure = await imported.copy();
    await measure.load(
      'first.ndjson',
      ['a', 'b', 'c'].flatMap((id) => [person(id), scan(`scan-${id}`, id), diabetes(id)]),
      { demand: modelDemand, panel: { name: 'g', patients: 'of these files' } },
    );
  }, 120_000);
  afterEach(() => measure.close());

  const counts = async (): Promise<unknown> => {
    const [outcome] = await measure.evaluate();
    return outcome?.state === 'evaluated' ? outcome.groups[0]!.populations : outcome;
  };

  it('a gap opens again when the evidence that closed it is deleted', async () => {
    expect(await counts()).toMatchObject({ denominator: 3, numerator: 3 });
    expect(await measure.published(gaps)).toMatchObject([
      { id: 'a', status: 'closed-gap' },
      { id: 'b', status: 'closed-gap' },
      { id: 'c', status: 'closed-gap' },
    ]);
    await measure.delete('deleted.ndjson', 'Procedure/scan-b');
    expect(await counts()).toMatchObject({ denominator: 3, numerator: 2 });
    expect(await measure.published(gaps)).toEqual([
      { id: 'a', status: 'closed-gap', reason: 'DateInRange' },
      { id: 'b', status: 'open-gap', reason: 'NotFound' },
      { id: 'c', status: 'closed-gap', reason: 'DateInRange' },
    ]);
  });

  it('what is published does not depend on the order in which it came', async () => {
    // Two scans of one day: either could be the last.
    const resources = [scan('scan-a2', 'a'), { ...diabetes('a'), id: 'diabetes-a2' }];
    await measure.load('more.ndjson', resources);
    await counts();
    const published = await measure.published('select content_hash as hash from publication');

    const other = await imported.copy();
    await other.load('1.ndjson', [person('a'), ...resources], { demand: modelDemand });
    const everybody = ['c', 'b', 'a'].flatMap((id) => [person(id), scan(`scan-${id}`, id), diabetes(id)]);
    await other.load('2.ndjson', everybody);
    await other.evaluate();
    expect(await other.published('select content_hash as hash from publication')).toEqual(published);
    other.close();
  });

  it('a deleted patient is counted nowhere, and as before when the patient comes again', async () => {
    await measure.delete('deleted.ndjson', 'Patient/b');
    expect(await counts()).toMatchObject({ denominator: 2, numerator: 2 });
    expect(await measure.published('select fhir_id as id from patient order by id')).toEqual([
      { id: 'a' },
      { id: 'c' },
    ]);
    await measure.load('again.ndjson', [person('b')]);
    expect(await counts()).toMatchObject({ denominator: 3, numerator: 3 });
  });

  it('who left the panel is counted nowhere: measure, explanations, cohort, patients', async () => {
    await measure.load('second.ndjson', ['a', 'c'].map(person), {
      panel: { name: 'g', patients: 'of these files' },
    });
    expect(await counts()).toMatchObject({ denominator: 2, numerator: 2 });
    const tables = [
      'patient',
      'care_gap',
      'evidence',
      'define_result_SCANS',
      'population_result',
      'cohort_member',
    ];
    expect(
      await measure.published(
        tables
          .map((table) => `select '${table}' as name, count(distinct pid) as n from "${table}"`)
          .join(' union all '),
      ),
    ).toEqual(tables.map((name) => ({ name, n: 2 })));
    expect(await measure.published(`select members from cohort where members > 0`)).toEqual([{ members: 2 }]);
    expect(await measure.published('select patients from publication')).toEqual([{ patients: 2 }]);

    await measure.load('third.ndjson', ['a', 'b', 'c'].map(person), {
      panel: { name: 'g', patients: 'of these files' },
    });
    expect(await counts()).toMatchObject({ denominator: 3, numerator: 3 });
  });
});
