import { Database, runModels } from '@catchment/warehouse';
import { loadClinicalFixture, screening } from './clinical.fixture';

describe('what a numerator asks for', () => {
  let warehouse: Database;

  beforeAll(async () => {
    warehouse = await Database.open(':memory:');
    await loadClinicalFixture(warehouse.main);
    // The evaluation binds version 10, which is higher than 1 though not as a text; its only member is HbA1c.
    await warehouse.main.run(
      `insert into terminology.value_set values (3, 'urn:fixture:mammography', '10', 'fixture', 'starter')`,
    );
    await warehouse.main.run(
      'insert into terminology.member select 3, key from terminology.member where vs_id = 2',
    );
    await warehouse.main.run(
      `insert into terminology.value_set values (4, 'urn:fixture:mammography', '9', 'fixture', 'starter')`,
    );
    await warehouse.main.run(
      `insert into results.retrieve by name select $1 as measure_id, 'FixtureLibrary' as library,
         'Mammography In Period' as define, 'DiagnosticReport' as type, 'DiagnosticReport' as name`,
      [screening],
    );
    await runModels(warehouse.main, undefined, {
      only: ['intermediate.numerator_concept', 'intermediate.gap_closes_with'],
    });
  });

  afterAll(() => warehouse.close());

  it('is looked up in the version of the value set that the evaluation binds', async () => {
    expect(
      await warehouse.main.rows(
        `select count(*)::integer as n, bool_and(concept in (select key from terminology.member where vs_id = 3)) as current
         from intermediate.numerator_concept where measure_id = $1`,
        [screening],
      ),
    ).toEqual([{ n: 1, current: true }]);
  });

  it('is named in words, not by a FHIR type', async () => {
    const row = await warehouse.main.first<{ closes_with: string }>(
      'select closes_with from intermediate.gap_closes_with where measure_id = $1',
      [screening],
    );
    expect(row?.closes_with.split(', ').sort()).toEqual(['Mammography', 'report']);
  });
});
