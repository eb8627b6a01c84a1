import { WrittenMeasure } from './written-measure.fixture';

/**
 * Rows that are sought for each of other rows, as official measures write it: a reading outside every stay, a union of
 * two filters of the same readings, a medication by its reference. Expectations are counted by hand from the patients.
 */
const cql = `library Joined version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
codesystem "LOINC": 'http://loinc.org'
codesystem "RXNORM": 'http://www.nlm.nih.gov/research/umls/rxnorm'
code "Pulse": '8867-4' from "LOINC"
code "Donepezil": '135447' from "RXNORM"
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Readings": [Observation: "Pulse"]
define "Stays": [Encounter] E where E.status = 'finished'
define "Outside Or Corrected":
  ("Readings" R
    without "Stays" S such that (R.effective as FHIR.dateTime) during day of S.period
      and R.issued is not null)
  union ("Readings" R where R.status = 'corrected' and (R.effective as FHIR.dateTime) during day of "Measurement Period")
define "Within A Stay":
  "Readings" R
    with "Stays" S such that (R.effective as FHIR.dateTime) during day of S.period
      and R.issued is not null
      and (R.status = 'final' or R.status = 'corrected')
define "Read": exists "Readings"
define "Counted": Count("Outside Or Corrected") = 2
define "In Stay": exists "Within A Stay"
define function "Interval Of"(procedure FHIR.Procedure):
  if procedure.performed is FHIR.dateTime
  then Interval[FHIRHelpers.ToDateTime(procedure.performed as FHIR.dateTime),
    FHIRHelpers.ToDateTime(procedure.performed as FHIR.dateTime)]
  else FHIRHelpers.ToInterval(procedure.performed as FHIR.Period)
define "Starts": "Stays" S return Tuple { at: start of S.period, until: S.period.end.value }
define "Operated Before":
  "Starts" T
    where exists (
      ([Procedure] P where "Interval Of"(P) starts during day of Interval[T.at - 90 days, T.at)) Q
        where T.until is not null and T.at before T.until
    )
define "Operated": exists "Operated Before"
define "Treated":
  exists ([MedicationRequest] M
    with [Medication] D such that D.id = Last(Split((M.medication as FHIR.Reference).reference, '/'))
      and D.code ~ "Donepezil")`;

const reading = (id: string, patient: string, at: string, more: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: at,
  issued: '2026-07-01T00:00:00Z',
  ...more,
});

const stay = (id: string, patient: string, start: string, end?: string): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'IMP' },
  subject: { reference: `Patient/${patient}` },
  period: { start, end },
});

const operation = (id: string, patient: string, performed: object): object => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  code: { text: 'an operation' },
  subject: { reference: `Patient/${patient}` },
  ...performed,
});

const request = (id: string, patient: string, reference?: string): object => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: `Patient/${patient}` },
  ...(reference === undefined
    ? { medicationCodeableConcept: { text: 'a medicine' } }
    : { medicationReference: { reference } }),
});

const medication = (id: string, code: string): object => ({
  resourceType: 'Medication',
  id,
  code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code }] },
});

const resources = [
  ...['outside', 'corrected', 'within', 'vague', 'unissued', 'open'].map((id) => ({
    resourceType: 'Patient',
    id,
  })),
  // Two readings on days without a stay; one of them is in both parts of the union and counts once.
  reading('o1', 'outside', '2026-03-01T10:00:00+02:00'),
  reading('o2', 'outside', '2026-04-01', { status: 'corrected' }),
  stay('os', 'outside', '2026-03-02T00:00:00Z', '2026-03-05T00:00:00Z'),
  // In a stay, but corrected within the period: by the second part; the one of the year before is in neither.
  reading('c1', 'corrected', '2026-05-02T10:00:00Z', { status: 'corrected' }),
  reading('c2', 'corrected', '2026-05-03', { status: 'corrected' }),
  reading('c3', 'corrected', '2025-05-03', { status: 'corrected' }),
  stay('cs', 'corrected', '2026-05-01T00:00:00Z', '2026-05-04T00:00:00Z'),
  stay('ct', 'corrected', '2025-05-01T00:00:00Z', '2025-05-04T00:00:00Z'),
  // 23:30 in New York is the last day of the stay by the clock on the wall, the next day in UTC.
  reading('w1', 'within', '2026-06-10T23:30:00-04:00'),
  stay('ws', 'within', '2026-06-08T08:00:00-04:00', '2026-06-10T12:00:00-04:00'),
  // Some day in June: whether in the stay is unknown, so it is not outside for sure, nor inside.
  reading('v1', 'vague', '2026-06'),
  stay('vs', 'vague', '2026-06-08T08:00:00Z', '2026-06-10T12:00:00Z'),
  // A reading that was not issued is in no stay, as both conditions say; both readings are outside.
  reading('u1', 'unissued', '2026-06-09', { issued: undefined }),
  reading('u2', 'unissued', '2026-06-10', { issued: undefined }),
  stay('us', 'unissued', '2026-06-08T08:00:00Z', '2026-06-10T12:00:00Z'),
  // Two days before the stay; on its first day, which is too late; on the 90th day before; before a stay without end.
  operation('p1', 'outside', { performedDateTime: '2026-02-28' }),
  operation('p2', 'corrected', {
    performedPeriod: { start: '2026-05-01T08:00:00Z', end: '2026-05-01T09:00:00Z' },
  }),
  operation('p3', 'within', { performedPeriod: { start: '2026-03-10T12:00:00-04:00' } }),
  operation('p4', 'open', { performedDateTime: '2026-01-10' }),
  stay('xs', 'open', '2026-01-11T00:00:00Z'),
  medication('m1', '135447'),
  medication('m2', '161'),
  request('r1', 'outside', 'Medication/m1'),
  request('r2', 'corrected', 'http://ehr.example/fhir/Medication/m1'),
  request('r3', 'within', 'Medication/m2'),
  request('r4', 'vague'),
];

const patientsOf = async (measure: WrittenMeasure, population: string): Promise<string[]> =>
  (
    await measure.rows<{ id: string }>(
      `select subject.id as id from results.population_result join registry.subject as subject using (pid)
       where ${population} order by id`,
    )
  ).map(({ id }) => id);

describe('rows joined to rows', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Joined', cql },
      {
        'initial-population': 'Read',
        denominator: 'Read',
        'denominator-exclusion': 'Treated',
        numerator: 'Counted',
        'denominator-exception': 'In Stay',
        'numerator-exclusion': 'Operated',
      },
    );
    await measure.load('patients.ndjson', resources);
  }, 120_000);
  afterAll(() => measure.close());

  it.each([{ pruning: false }, { pruning: true }])('are found for each row: %o', async (options) => {
    const [outcome] = await measure.evaluate(options);
    expect(outcome).toMatchObject({ state: 'evaluated' });
    expect(await patientsOf(measure, 'initial_population')).toHaveLength(5);
    expect(await patientsOf(measure, 'denominator_exclusion')).toEqual(['corrected', 'outside']);
  });

  it.each([{ pruning: false }, { pruning: true }])('decide each define: %o', async (options) => {
    await measure.evaluate(options);
    const defines = async (name: string): Promise<string[]> => {
      const [found] = await measure.rows<{ column: string }>(
        `select column_name as column from results.define where measure_id = 'JOINED' and define = '${name}'`,
      );
      const rows = await measure.rows<{ id: string }>(
        `select subject.id as id from results."define_result_JOINED" as result
         join registry.subject as subject using (pid) where result."${found!.column}" order by id`,
      );
      return rows.map(({ id }) => id);
    };
    expect(await defines('Counted')).toEqual(['corrected', 'outside', 'unissued']);
    expect(await defines('In Stay')).toEqual(['corrected', 'within']);
    expect(await defines('Operated')).toEqual(['outside', 'within']);
    expect(await defines('Treated')).toEqual(['corrected', 'outside']);
  });
});
