import { WrittenMeasure } from './written-measure.fixture';

/** CQL 1.5, 10.1 Query: without a sort clause the elements of a list stay in its order; equal ones count once. */
const cql = `library Ordered version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Days": (expand { Interval[1, 80] }) Day
  return Tuple { n: start of Day, seen: exists ([Observation] O where (O.value as FHIR.integer).value = start of Day) }
define "Doubled": (flatten { (expand { Interval[1, 40] }), (expand { Interval[20, 80] }) }) Day
  return Tuple { n: start of Day, seen: exists ([Observation] O where (O.value as FHIR.integer).value = start of Day) }
define "In Order": not exists ((expand { Interval[1, 80] }) Day where "Days"[start of Day - 1].n != start of Day)
define "Kept First": Count("Doubled") = 80
  and not exists ((expand { Interval[1, 80] }) Day where "Doubled"[start of Day - 1].n != start of Day)`;

const patients = Array.from({ length: 20 }, (_, index) => `p${index}`);
const resources = patients.flatMap((id, index) => [
  { resourceType: 'Patient', id },
  ...[3, 50, 51 + index].map((valueInteger) => ({
    resourceType: 'Observation',
    id: `${id}-${valueInteger}`,
    status: 'final',
    code: { text: 'day' },
    subject: { reference: `Patient/${id}` },
    valueInteger,
  })),
]);

describe('a query over an ordered list', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Ordered', cql },
      { 'initial-population': 'In Order', denominator: 'In Order', numerator: 'Kept First' },
    );
    await measure.load('data.ndjson', resources);
  }, 120_000);
  afterAll(() => measure.close());

  it('keeps its order, and of equal elements the first', async () => {
    expect(await measure.evaluate()).toMatchObject([
      { groups: [{ populations: { 'initial-population': 20, denominator: 20, numerator: 20 } }] },
    ]);
  });
});
