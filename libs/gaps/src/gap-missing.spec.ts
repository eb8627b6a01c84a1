import { Database, runModels } from '@catchment/warehouse';
import { loadClinicalFixture, screening } from './clinical.fixture';

/** A numerator of two tests, as kidney health evaluation has it: Ada had the one (mammography) and not the other. */
async function ask(cql: string): Promise<object[]> {
  const warehouse = await Database.open(':memory:');
  try {
    await loadClinicalFixture(warehouse.main);
    await warehouse.main.run(
      `update results.define set cql = $1 where measure_id = $2 and define = 'Numerator'`,
      [cql, screening],
    );
    await warehouse.main.run(
      `insert into results.define values ($1, 4, 'FixtureLibrary', 'Second Test', 'list', 'd4', '', '')`,
      [screening],
    );
    await warehouse.main.run(
      `insert into results.retrieve by name select $1 as measure_id, 'FixtureLibrary' as library,
         'Second Test' as define, 'Observation' as type, 'Urine albumin-creatinine ratio' as name`,
      [screening],
    );
    await warehouse.main.run(
      `update results.population_result set numerator = false where measure_id = $1
         and pid = (select pid from registry.subject where id = 'ada')`,
      [screening],
    );
    await warehouse.main.run(`attach ':memory:' as marts`);
    await runModels(warehouse.main, undefined, { only: ['marts.care_gap'] });
    return await warehouse.main.rows(
      `select gap_reason, detail, closes_with from marts.care_gap where measure_id = $1
         and pid = (select pid from registry.subject where id = 'ada')`,
      [screening],
    );
  } finally {
    warehouse.close();
  }
}

describe('a gap of somebody who had one of two required tests', () => {
  it('says which test is missing', async () => {
    expect(
      await ask(
        '//\n// Numerator\n//\ndefine "Numerator":\n  exists "Mammography In Period"\n    and exists "Second Test"',
      ),
    ).toEqual([
      {
        gap_reason: 'NotFound',
        detail: 'no Urine albumin-creatinine ratio in the period; last Mammography on 2026-03-01',
        // What she had already closes nothing.
        closes_with: 'Urine albumin-creatinine ratio',
      },
    ]);
  });

  it('claims nothing where the two are alternatives', async () => {
    const [gap] = await ask('(exists "Mammography In Period" or exists "Second Test") and "Something Else"');
    expect(gap).toMatchObject({
      detail: 'last Mammography on 2026-03-01',
      closes_with: 'Mammography, Urine albumin-creatinine ratio',
    });
  });
});
