import { modelDemand, writeDecisions } from '@catchment/population';
import type { EvaluateRunRequest } from '../evaluate-run';
import { WrittenMeasure } from '../written-measure.fixture';

const cql = `library Scans version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
codesystem "Test": 'urn:test'
code "Drug": 'drug' from "Test"
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Adult": AgeInYearsAt(start of "Measurement Period") >= 18
define "Scans": [Procedure] P where P.status = 'completed'
define "Scanned": exists "Scans"
define "Only Plan": singleton from ([ServiceRequest] R where R.status = 'active')
define "Excluded": "Only Plan" is not null or exists [MedicationRequest: "Drug"]`;

const populations = {
  'initial-population': 'Adult',
  denominator: 'Adult',
  'denominator-exclusion': 'Excluded',
  numerator: 'Scanned',
};

const subject = (patient: string): object => ({ subject: { reference: `Patient/${patient}` } });
const person = (id: string, birthDate = '1960-01-01'): object => ({ resourceType: 'Patient', id, birthDate });
const scan = (id: string, patient: string, status = 'completed'): object => ({
  resourceType: 'Procedure',
  id,
  status,
  code: { coding: [{ system: 'urn:test', code: 'scan' }] },
  ...subject(patient),
  performedDateTime: '2026-03-01',
});
const plan = (id: string, patient: string): object => ({
  resourceType: 'ServiceRequest',
  id,
  status: 'active',
  intent: 'order',
  ...subject(patient),
});
const prescription = (id: string, patient: string, medication: string): object => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  medicationReference: { reference: `Medication/${medication}` },
  ...subject(patient),
});
const medication = (id: string, code: string): object => ({
  resourceType: 'Medication',
  id,
  code: { coding: [{ system: 'urn:test', code }] },
});

const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
/** Half of them scanned, p1 planned once, p3 twice: for p3 there is no answer. */
const everything = [
  ...names.map((name) => person(name)),
  ...names.filter((_, index) => index % 2 === 0).map((name) => scan(`scan-${name}`, name)),
  plan('plan-p1', 'p1'),
  plan('plan-p3a', 'p3'),
  plan('plan-p3b', 'p3'),
  prescription('rx-p5', 'p5', 'm1'),
  medication('m1', 'drug'),
  medication('m2', 'other'),
];

const tables = [
  'population_result',
  'define_result_SCANS',
  'define',
  'define_population',
  'evidence',
  'not_evaluated',
  'partly_evaluated',
  'measure',
  'retrieve',
];

/** What the checks of the data found. */
const found = ['fault', 'code_use', 'finding', 'source', 'measure_input', 'measure_finding', 'unmapped_code'];

describe('an evaluation after another one', () => {
  let before: WrittenMeasure;
  let measure: WrittenMeasure;
  beforeAll(async () => {
    before = await WrittenMeasure.import({ name: 'Scans', cql }, populations);
    const panel = { name: 'g', patients: 'of these files' } as const;
    await before.load('first.ndjson', everything, { demand: modelDemand, panel });
    await before.evaluate();
  }, 120_000);
  beforeEach(async () => void (measure = await before.copy()));
  afterEach(() => measure.close());
  afterAll(() => before.close());

  const results = async (): Promise<object> => {
    const held: Record<string, unknown> = {};
    for (const table of tables)
      held[table] = await measure.rows(`select * from results."${table}" order by all`);
    for (const table of found)
      held[table] = await measure.rows(`select * from quality."${table}" order by all`);
    return held;
  };

  /** Evaluates, and once more for everybody: the same must come out. Whose results stood? */
  async function evaluate(
    options: Partial<EvaluateRunRequest> = {},
  ): Promise<{ stood: boolean; result: unknown }> {
    // A trace on every result that is not computed again.
    await measure.connection.run('update results.population_result set observation = 1');
    const [outcome] = await measure.evaluate(options);
    if (outcome?.state !== 'evaluated') throw new Error(JSON.stringify(outcome));
    const marked = await measure.rows<{ n: number }>(
      'select count(*) as n from results.population_result where observation = 1',
    );
    await measure.connection.run('update results.population_result set observation = null');
    const after = await results();
    const [again] = await measure.evaluate({ ...options, everybody: true });
    expect(after).toEqual(await results());
    const { carriedOver, seconds, ...told } = outcome;
    expect({ ...again, carriedOver, seconds }).toEqual(outcome);
    expect(marked[0]!.n > 0).toBe(carriedOver);
    expect(seconds).toBeGreaterThan(0);
    return { stood: carriedOver, result: { ...told.groups[0]!.populations, stood: marked[0]!.n } };
  }

  const first = { 'initial-population': 19, denominator: 19, 'denominator-exclusion': 2, numerator: 10 };

  it('leaves all results as they are when nothing has changed', async () => {
    expect((await evaluate()).result).toMatchObject({ ...first, stood: 19 });
  });

  it('is for the patients with new, changed and deleted resources', async () => {
    await measure.load('more.ndjson', [
      scan('scan-p7', 'p7'),
      { ...scan('scan-p2', 'p2', 'entered-in-error'), meta: { lastUpdated: '2026-05-01T00:00:00Z' } },
    ]);
    await measure.delete('deleted.ndjson', 'Procedure/scan-p4');
    expect((await evaluate()).result).toMatchObject({ ...first, numerator: 9, stood: 16 });
  });

  it('counts patients who come and forgets those who go', async () => {
    await measure.load('more.ndjson', [person('late'), scan('scan-late', 'late')], {
      panel: { name: 'h', patients: 'of these files' },
    });
    await measure.delete('deleted.ndjson', 'Patient/p6');
    expect((await evaluate()).result).toMatchObject({ ...first, stood: 18 });
    await measure.load(
      'panel.ndjson',
      names.filter((name) => name !== 'p8').map((name) => person(name)),
      {
        panel: { name: 'g', patients: 'of these files' },
      },
    );
    expect((await evaluate()).result).toMatchObject({ 'initial-population': 19, numerator: 10 });
  });

  it('finds and loses answers that cannot be given', async () => {
    await measure.delete('deleted.ndjson', 'ServiceRequest/plan-p3b');
    await measure.load('more.ndjson', [plan('plan-p1b', 'p1')]);
    const { result } = await evaluate();
    expect(result).toMatchObject({ 'initial-population': 19, 'denominator-exclusion': 2, stood: 18 });
    expect(
      await measure.rows('select id from results.not_evaluated join registry.subject using (pid)'),
    ).toEqual([{ id: 'p1' }]);
  });

  it('is for those whose records became one, and were told apart again', async () => {
    await measure.load('other.ndjson', [person('q'), scan('scan-q', 'q')], { source: 'other' });
    await evaluate();
    const [left, right] = await measure.rows<{ id: string }>(
      "select record_id as id from identity.record where id in ('p9', 'q') order by id",
    );
    await writeDecisions(measure.connection, [{ left: left!.id, right: right!.id, verdict: 'same' }]);
    expect((await evaluate()).result).toMatchObject({ ...first, numerator: 11, stood: 18 });
    await writeDecisions(measure.connection, []);
    expect((await evaluate()).result).toMatchObject({ 'initial-population': 20, numerator: 11, stood: 18 });
  });

  it('is for everybody when what all may refer to has changed', async () => {
    await measure.load('more.ndjson', [
      { ...medication('m1', 'other'), meta: { lastUpdated: '2026-05-01T00:00:00Z' } },
    ]);
    expect(await evaluate()).toEqual({
      stood: false,
      result: { ...first, 'denominator-exclusion': 1, stood: 0 },
    });
  });

  it('is for everybody when codes mean something else, for another period, and when many have news', async () => {
    await measure.connection.run(
      "insert into terminology.code_mapping (system, code, target_system, target_code) values ('urn:test', 'other', 'urn:test', 'drug')",
    );
    expect((await evaluate()).stood).toBe(false);
    expect((await evaluate()).stood).toBe(true);
    expect((await evaluate({ periodStart: '2025-01-01', periodEnd: '2025-12-31' })).stood).toBe(false);
    const odd = names.filter((_, index) => index % 2 === 1);
    await measure.load(
      'more.ndjson',
      odd.map((name) => scan(`scan-${name}`, name)),
    );
    expect((await evaluate()).stood).toBe(false);
  });

  it('is for everybody after one that was cut short, for the measures that it had reached', async () => {
    await measure.load('more.ndjson', [scan('scan-p7', 'p7')]);
    const stop = new AbortController();
    const interrupted = measure.evaluate({
      signal: stop.signal,
      onProgress: (_, detail) => detail.startsWith('evaluating') && stop.abort(new Error('stopped')),
    });
    await expect(interrupted).rejects.toThrow('stopped');
    expect((await evaluate()).result).toMatchObject({ ...first, numerator: 11 });
  });
});
