import { WrittenMeasure } from './written-measure.fixture';

/** What is asked of rows of several types of which only some are stored. Expectations are counted by hand. */
const cql = `library Absent version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Done Or Ordered": [Procedure] union [ServiceRequest]
define "Any": exists "Done Or Ordered"
define "Has Author Date": exists ("Done Or Ordered" E where E.authoredOn is not null)
define "Has Date": exists ("Done Or Ordered" E where E.authoredOn is not null or E.performed is not null)
define "Is Order": exists ("Done Or Ordered" E where E is ServiceRequest)`;

const procedure = (patient: string, more: object): object => ({
  resourceType: 'Procedure',
  id: `done-${patient}`,
  status: 'completed',
  code: { text: 'x' },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

describe('a union of types of which one is not stored', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    measure = await WrittenMeasure.import(
      { name: 'Absent', cql },
      {
        'initial-population': 'Any',
        denominator: 'Any',
        'denominator-exclusion': 'Has Author Date',
        numerator: 'Has Date',
        'denominator-exception': 'Is Order',
      },
    );
    await measure.load('patients.ndjson', [
      ...['dated', 'undated', 'none'].map((id) => ({ resourceType: 'Patient', id })),
      procedure('dated', { performedDateTime: '2026-03-01' }),
      procedure('undated', {}),
    ]);
  }, 120_000);
  afterAll(() => measure.close());

  const patientsOf = async (population: string): Promise<string[]> =>
    (
      await measure.rows<{ id: string }>(
        `select subject.id as id from results.population_result join registry.subject as subject using (pid)
         where ${population} order by id`,
      )
    ).map(({ id }) => id);

  it.each([{ pruning: false }, { pruning: true }])('can be asked for its elements: %o', async (options) => {
    expect(await measure.evaluate(options)).toMatchObject([{ state: 'evaluated' }]);
    expect(await patientsOf('initial_population')).toEqual(['dated', 'undated']);
    expect(await patientsOf('numerator')).toEqual(['dated']);
    expect(await patientsOf('denominator_exclusion')).toEqual([]);
    expect(await patientsOf('denominator_exception')).toEqual([]);
  });

  it('names the resources of the type that is stored', async () => {
    await measure.evaluate();
    const rows = await measure.rows(
      `select distinct resource.id from results.evidence join results.define using (measure_id, seq)
       join registry.resource as resource using (rid) where define = 'Done Or Ordered' order by all`,
    );
    expect(rows).toEqual([{ id: 'done-dated' }, { id: 'done-undated' }]);
  });
});
