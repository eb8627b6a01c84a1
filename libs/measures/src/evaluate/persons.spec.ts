import { modelDemand, settlePersons, writeDecisions } from '@catchment/population';
import { WrittenMeasure } from './written-measure.fixture';

/** Two sources know one woman; each saw her in one visit of her own, and both state a third. */
const cql = `library Visits version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Known": true
define "Visits": [Encounter] E where E.status = 'finished'
define "Two Visits": Count("Visits") >= 2
define "Three Visits": Count("Visits") >= 3
define "Four Visits": Count("Visits") >= 4`;

const person = (id: string): object => ({
  resourceType: 'Patient',
  id,
  birthDate: '1960-01-01',
  gender: 'female',
});
const visit = (id: string, patient: string, day: string): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patient}` },
  period: { start: `${day}T09:00:00Z`, end: `${day}T09:30:00Z` },
});

describe('a person of two records', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Visits', cql },
      {
        'initial-population': 'Known',
        denominator: 'Two Visits',
        'denominator-exclusion': 'Four Visits',
        numerator: 'Three Visits',
      },
    );
    await measure.load(
      'clinic.ndjson',
      [person('c'), visit('c1', 'c', '2026-02-01'), visit('c2', 'c', '2026-03-01'), person('alone')],
      { demand: modelDemand, source: 'clinic' },
    );
    await measure.load(
      'hospital.ndjson',
      [person('h'), visit('h1', 'h', '2026-03-01'), visit('h2', 'h', '2026-04-01')],
      { demand: modelDemand, source: 'hospital' },
    );
  }, 120_000);
  afterAll(() => measure.close());

  const counts = async (): Promise<unknown> => {
    const [outcome] = await measure.evaluate();
    return outcome?.state === 'evaluated' ? outcome.groups[0]!.populations : outcome;
  };
  const decide = async (verdict?: 'same'): Promise<void> => {
    const [left, right] = await measure.rows<{ id: string }>(
      `select record_id as id from identity.record where id in ('c', 'h') order by id`,
    );
    await writeDecisions(measure.connection, verdict ? [{ left: left!.id, right: right!.id, verdict }] : []);
  };

  it('two records are two patients of two visits each', async () => {
    expect(await counts()).toMatchObject({ 'initial-population': 3, denominator: 2, numerator: 0 });
  });

  it('merged they are one patient of three visits: the one that both state counts once', async () => {
    await decide('same');
    expect(await counts()).toMatchObject({
      'initial-population': 2,
      denominator: 1,
      'denominator-exclusion': 0,
      numerator: 1,
    });
  });

  it('in the published lists there is one patient, and her visit names both sources', async () => {
    expect(await measure.published('select fhir_id from patient order by fhir_id')).toEqual([
      { fhir_id: 'alone' },
      { fhir_id: 'c' },
    ]);
    expect(
      await measure.published(`select id, sources from resource where type = 'Encounter' order by id`),
    ).toEqual([
      { id: 'c1', sources: ['clinic'] },
      { id: 'c2', sources: ['clinic', 'hospital'] },
      { id: 'h2', sources: ['hospital'] },
    ]);
  });

  it('separated they are as before', async () => {
    await decide();
    await settlePersons(measure.connection);
    expect(await counts()).toMatchObject({ 'initial-population': 3, denominator: 2, numerator: 0 });
  });
});
