import { WrittenMeasure } from './written-measure.fixture';

/**
 * Functions of a row that are called where other rows are sought for it, as official measures write it: readings before
 * and after the first operation of a stay. Expectations are counted by hand from the patients.
 */
const cql = `library Calls version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
codesystem "LOINC": 'http://loinc.org'
code "Pulse": '8867-4' from "LOINC"
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Readings": [Observation: "Pulse"]
define "Stays": [Encounter] E where E.status = 'finished'
define "Has Stay": exists "Stays"
define function "First Operation At"(stay FHIR.Encounter):
  Min([Procedure] P
    where FHIRHelpers.ToDateTime(P.performed as FHIR.dateTime) during day of stay.period
    return FHIRHelpers.ToDateTime(P.performed as FHIR.dateTime))
define function "First Operation In"(stay FHIR.Encounter):
  First([Procedure] P
    where FHIRHelpers.ToDateTime(P.performed as FHIR.dateTime) during day of stay.period
    sort by id.value)
define function "Read At"(reading FHIR.Observation):
  FHIRHelpers.ToDateTime(reading.effective as FHIR.dateTime)
define "Read Around Operation":
  "Stays" S
    with "Readings" R such that "Read At"(R) after day of "First Operation At"(S)
      and "Read At"(R) during day of S.period
    with "Readings" Q such that "Read At"(Q) before day of "First Operation At"(S)
define "Reading Soon After":
  "Readings" R
    with "Stays" S such that "Read At"(R) 1 day or less after day of "First Operation At"(S)
define "Operated Again Later":
  "Stays" S
    with "Stays" O such that "First Operation At"(O) after day of "First Operation At"(S)
define "Same Operation":
  "Stays" S
    let first: "First Operation In"(S)
    with "Readings" R such that R.id = first.id
      and "First Operation In"(S).status = 'completed'
define "Around": Count("Read Around Operation") = 1
define "Soon": Count("Reading Soon After") = 2
define "Again": Count("Operated Again Later") = 1
define "Named": exists "Same Operation"`;

const of = (type: string, id: string, patient: string, more: object): object => ({
  resourceType: type,
  id,
  subject: { reference: `Patient/${patient}` },
  ...more,
});

const stay = (id: string, patient: string, start: string, end: string): object =>
  of('Encounter', id, patient, { status: 'finished', class: { code: 'IMP' }, period: { start, end } });

const operation = (id: string, patient: string, performedDateTime: string): object =>
  of('Procedure', id, patient, { status: 'completed', code: { text: 'an operation' }, performedDateTime });

const reading = (id: string, patient: string, effectiveDateTime: string): object =>
  of('Observation', id, patient, {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    effectiveDateTime,
  });

const resources = [
  ...['around', 'only-before', 'two-stays', 'unoperated'].map((id) => ({ resourceType: 'Patient', id })),
  // Operated on the 5th and the 7th; read on the 3rd and, after the first operation only, on the 6th.
  stay('a', 'around', '2026-03-01', '2026-03-10'),
  operation('a1', 'around', '2026-03-05'),
  operation('a2', 'around', '2026-03-07'),
  reading('a3', 'around', '2026-03-03'),
  reading('a4', 'around', '2026-03-06'),
  // Read before and on the day of the operation. The reading is called as the operation is.
  stay('b', 'only-before', '2026-03-01', '2026-03-10'),
  operation('b1', 'only-before', '2026-03-05'),
  reading('b1', 'only-before', '2026-03-03'),
  reading('b2', 'only-before', '2026-03-05'),
  // In March nothing was read before the operation; in April before and after it. Two readings a day after one.
  stay('c', 'two-stays', '2026-03-01', '2026-03-10'),
  stay('d', 'two-stays', '2026-04-01', '2026-04-10'),
  operation('c1', 'two-stays', '2026-03-05'),
  operation('d1', 'two-stays', '2026-04-05'),
  reading('c2', 'two-stays', '2026-03-06'),
  reading('d2', 'two-stays', '2026-04-02'),
  reading('d3', 'two-stays', '2026-04-06'),
  // No operation: nothing is before or after it.
  stay('e', 'unoperated', '2026-03-01', '2026-03-10'),
  reading('e1', 'unoperated', '2026-03-03'),
  reading('e2', 'unoperated', '2026-03-06'),
];

describe('calls of functions of a row', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Calls', cql },
      {
        'initial-population': 'Has Stay',
        denominator: 'Has Stay',
        'denominator-exclusion': 'Again',
        numerator: 'Around',
        'numerator-exclusion': 'Soon',
        'denominator-exception': 'Named',
      },
    );
    await measure.load('patients.ndjson', resources);
  }, 120_000);
  afterAll(() => measure.close());

  it.each([{ pruning: false }, { pruning: true }])(
    'are computed for each of its rows: %o',
    async (options) => {
      const [outcome] = await measure.evaluate(options);
      expect(outcome).toMatchObject({ state: 'evaluated' });
      const defines = async (name: string): Promise<string[]> => {
        const [found] = await measure.rows<{ column: string }>(
          `select column_name as column from results.define where measure_id = 'CALLS' and define = '${name}'`,
        );
        const rows = await measure.rows<{ id: string }>(
          `select subject.id as id from results."define_result_CALLS" as result
         join registry.subject as subject using (pid) where result."${found!.column}" order by id`,
        );
        return rows.map(({ id }) => id);
      };
      expect(await defines('Has Stay')).toHaveLength(4);
      // Of the two stays only April's: were the operation of any stay meant, March's would be in as well.
      expect(await defines('Around')).toEqual(['around', 'two-stays']);
      expect(await defines('Soon')).toEqual(['two-stays']);
      expect(await defines('Again')).toEqual(['two-stays']);
      expect(await defines('Named')).toEqual(['only-before']);
    },
  );

  it('are computed once for the rows around, also where they are called for pairs of rows', () => {
    const around = measure.statements().find(({ name }) => name.endsWith('Read Around Operation'))!.sql;
    expect(around.match(/fhir\."Procedure"/g)).toHaveLength(1);
  });
});
