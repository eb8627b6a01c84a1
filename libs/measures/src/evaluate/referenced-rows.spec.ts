import { WrittenMeasure } from './written-measure.fixture';

/**
 * What official measures ask of the encounter that an observation names, of days that are passed from define to define,
 * and of codes in one of several sets. Expectations are counted by hand; nothing being known of the data, and known facts
 * of the data, which give other SQL, must lead to the same.
 */
const cql = `library Referenced version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
codesystem "CLINICAL": 'http://terminology.hl7.org/CodeSystem/condition-clinical'
code "active": 'active' from "CLINICAL"
code "relapse": 'relapse' from "CLINICAL"
parameter "Measurement Period" Interval<DateTime>
context Patient
define function "Encounter Of"(observation FHIR.Observation):
  singleton from ([Encounter] E where E.id = Last(Split(observation.encounter.reference, '/')))
define "Readings": [Observation]
define "Readings Again": [Observation]
define "Days": "Readings Again" R return date from (R.effective as FHIR.dateTime)
define "Last Day": Max("Days")
define "Any": exists "Readings"
define "Any By Another Name": "Any"
define "In Finished Encounter":
  exists ("Readings" R where "Encounter Of"(R).status = 'finished')
define "Without Encounter":
  exists ("Readings" R where "Encounter Of"(R) is null and not (R.status = 'cancelled'))
define "On Last Day Outside Stays":
  exists ("Readings" R
    where date from (R.effective as FHIR.dateTime) same day as "Last Day"
      and (R.status = 'amended'
        or not exists ([Encounter] E where (R.effective as FHIR.dateTime) during day of E.period)))
define "Outside Encounters":
  "Readings" R where "Encounter Of"(R) is null or R.status = 'amended'
define "Has High Part Outside":
  exists ("Outside Encounters" R
    where exists (R.component C where (C.value as FHIR.Quantity).value > 100))
define function "Ends"(condition FHIR.Condition):
  if condition.clinicalStatus ~ "active" or condition.clinicalStatus ~ "relapse"
  then null as System.DateTime
  else FHIRHelpers.ToDateTime(condition.abatement as FHIR.dateTime)
define "Over":
  exists ([Condition] C where "Ends"(C) before end of "Measurement Period" and year from "Ends"(C) > 2000)
define "Over Or High": "Over" or "Has High Part Outside"`;

const reading = (id: string, patient: string, at: string, more: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: at,
  ...more,
});

const encounter = (id: string, patient: string, status: string): object => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { code: 'IMP' },
  subject: { reference: `Patient/${patient}` },
  period: { start: '2026-03-01T08:00:00Z', end: '2026-03-05T08:00:00Z' },
});

const condition = (id: string, patient: string, clinicalStatus?: string): object => ({
  resourceType: 'Condition',
  id,
  code: { text: 'x' },
  subject: { reference: `Patient/${patient}` },
  abatementDateTime: '2026-02-01T00:00:00Z',
  ...(clinicalStatus && {
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: clinicalStatus }],
    },
  }),
});

const at = (reference: string): object => ({ encounter: { reference: `Encounter/${reference}` } });

const parts = (...values: number[]): object => ({
  component: values.map((value) => ({ code: { text: 'part' }, valueQuantity: { value } })),
});

const patients = {
  // The last reading in a stay that is over, an earlier one outside.
  inside: [
    encounter('e1', 'inside', 'finished'),
    reading('r1', 'inside', '2026-01-10T09:00:00-05:00'),
    reading('r2', 'inside', '2026-03-02T09:00:00-05:00', { ...parts(150), ...at('e1') }),
  ],
  // Two on the last day, of which one was amended; the stay is not over.
  amended: [
    encounter('e2', 'amended', 'in-progress'),
    reading('r3', 'amended', '2026-03-02T09:00:00Z', at('e2')),
    reading('r4', 'amended', '2026-03-02T23:00:00Z', { status: 'amended', ...parts(90, 120), ...at('e2') }),
  ],
  // After the stay; the encounter that it names is another patient's. What was is over.
  foreign: [
    encounter('e3', 'foreign', 'finished'),
    reading('r5', 'foreign', '2026-03-06T09:00:00Z', { ...parts(80, 99), ...at('e1') }),
    condition('c1', 'foreign', 'resolved'),
  ],
  // In local time still the day on which the stay ended.
  evening: [
    encounter('e4', 'evening', 'finished'),
    reading('r6', 'evening', '2026-03-05T22:00:00-05:00', at('e4')),
    condition('c2', 'evening', 'relapse'),
  ],
  // No stay at all, an encounter that nobody sent, a condition without status.
  none: [reading('r7', 'none', '2026-05-01', { ...parts(101), ...at('gone') }), condition('c3', 'none')],
};

describe('rows that are found by reference, days of other defines, codes in one of several sets', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Referenced', cql },
      {
        'initial-population': 'Any',
        denominator: 'Any By Another Name',
        'denominator-exclusion': 'In Finished Encounter',
        numerator: 'On Last Day Outside Stays',
        'denominator-exception': 'Without Encounter',
        'numerator-exclusion': 'Over Or High',
      },
    );
    await measure.load('patients.ndjson', [
      ...Object.keys(patients).map((id) => ({ resourceType: 'Patient', id })),
      ...Object.values(patients).flat(),
    ]);
  }, 120_000);
  afterAll(() => measure.close());

  /** Who a define is true for, whatever the populations make of it. */
  const trueFor = async (define: string): Promise<string[]> => {
    const [column] = await measure.rows<{ name: string }>(
      `select 'd' || seq as name from results.define where define = '${define}'`,
    );
    const rows = await measure.rows<{ id: string }>(
      `select subject.id from results."define_result_REFERENCED" as result
       join registry.subject as subject using (pid) where ${column!.name} order by all`,
    );
    return rows.map(({ id }) => id);
  };

  it.each([{ pruning: false }, { pruning: true }])('are as counted by hand: %o', async (options) => {
    expect(await measure.evaluate(options)).toMatchObject([{ state: 'evaluated' }]);
    expect(await trueFor('Any')).toEqual(['amended', 'evening', 'foreign', 'inside', 'none']);
    expect(await trueFor('Any By Another Name')).toEqual(['amended', 'evening', 'foreign', 'inside', 'none']);
    expect(await trueFor('In Finished Encounter')).toEqual(['evening', 'inside']);
    expect(await trueFor('Without Encounter')).toEqual(['foreign', 'inside', 'none']);
    expect(await trueFor('On Last Day Outside Stays')).toEqual(['amended', 'foreign', 'none']);
    expect(await trueFor('Over')).toEqual(['foreign', 'none']);
    // Lists that a define hands on: the one of 150 was taken in an encounter, the others outside are below.
    expect(await trueFor('Has High Part Outside')).toEqual(['amended', 'none']);
  });

  it('have one table for defines that say the same, or only name each other', () => {
    const tables = measure.statements().map(({ name }) => name);
    expect(tables).toContain('Referenced.Readings');
    expect(tables).toContain('Referenced.Any');
    expect(tables).not.toContain('Referenced.Readings Again');
    expect(tables).not.toContain('Referenced.Any By Another Name');
  });

  it('are not the ones of an encounter of which there are two', async () => {
    const twice = [{ resourceType: 'Patient', id: 'inside' }, encounter('e1', 'inside', 'finished')];
    await measure.load('more.ndjson', twice, { source: 'other' });
    await measure.rows(`update fhir."Encounter" set pid = (
      select pid from fhir."Encounter" where id = 'e1' order by rid limit 1) where id = 'e1'`);
    await measure.rows('delete from registry.element_state');
    expect(await measure.evaluate()).toMatchObject([{ state: 'evaluated', notEvaluated: 1 }]);
    expect(
      await measure.rows(
        'select subject.id, reason from results.not_evaluated join registry.subject using (pid)',
      ),
    ).toEqual([
      { id: 'inside', reason: expect.stringMatching(/^singleton from more than one element/) as string },
    ]);
  });
});
