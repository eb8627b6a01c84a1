import { WrittenMeasure } from './written-measure.fixture';

/** CQL 1.5, 20.8 Exists and 21.4 Count: elements that are null do not count; Max of nulls only is null. */
const cql = `library Nulls version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Values": [Observation] O return all (O.value as FHIR.integer).value
define "Observed": exists [Observation]
define "Valued": exists ([Observation] O return (O.value as FHIR.integer).value) and exists "Values"
define "Without": Count("Values") = 0 and Max("Values") is null`;

const observation = (patient: string, id: string, more: object): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'count' },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

describe('rows that are null', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Nulls', cql },
      {
        'initial-population': 'Observed',
        denominator: 'Observed',
        numerator: 'Valued',
        'denominator-exception': 'Without',
      },
    );
  }, 120_000);
  afterAll(() => measure.close());

  const expected = (numerator: number, exception: number): object[] => [
    { groups: [{ populations: { denominator: 2, numerator, 'denominator-exception': exception } }] },
  ];

  it('do not count, whether all rows are null or some; with and without pruning', async () => {
    await measure.load('without.ndjson', [
      { resourceType: 'Patient', id: 'p' },
      { resourceType: 'Patient', id: 'q' },
      { resourceType: 'Patient', id: 'r' },
      observation('p', 'p1', {}),
      observation('q', 'q1', {}),
      observation('q', 'q2', { valueString: 'some' }),
    ]);
    // The first run makes the tables hold what is asked for; the second knows that no integer is there.
    expect(await measure.evaluate({ pruning: false })).toMatchObject(expected(0, 2));
    expect(await measure.evaluate()).toMatchObject(expected(0, 2));
    await measure.load('with.ndjson', [observation('q', 'q3', { valueInteger: 7 })]);
    expect(await measure.evaluate()).toMatchObject(expected(1, 1));
    expect(await measure.evaluate({ pruning: false })).toMatchObject(expected(1, 1));
  });
});
