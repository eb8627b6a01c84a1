import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, publish } from '@catchment/warehouse';
import { glycemic, loadClinicalFixture, screening } from './clinical.fixture';

const expected = [
  // increase: out of the numerator opens the gap
  [screening, 'Ada, Test', 'closed-gap', 'DateInRange', 'last Mammography on 2026-03-01'],
  [screening, 'Ben, Test', 'open-gap', 'DateOutOfRange', 'no Mammography since 2023-10-01'],
  [screening, 'Cleo, Test', 'open-gap', 'NotFound', 'never recorded: Mammography'],
  [screening, 'Dora, Test', 'not-applicable', null, 'excluded or excepted by the measure'],
  // decrease: being in the numerator opens the gap
  [glycemic, 'Ada, Test', 'open-gap', 'ValueOutOfRange', 'last HbA1c 9.4 % on 2026-02-11'],
  [glycemic, 'Ben, Test', 'closed-gap', 'ValueInRange', 'last HbA1c 7.1 % on 2026-04-20'],
  [glycemic, 'Cleo, Test', 'open-gap', 'NotFound', 'never recorded: HbA1c'],
] as const;

describe('care_gap', () => {
  let folder: string;
  let warehouse: Database;
  let marts: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'care-gap-'));
    warehouse = await Database.open(':memory:');
    await loadClinicalFixture(warehouse.main);
    const { file } = await publish(warehouse.main, {
      dataDir: folder,
      publishedAt: new Date('2026-11-24T06:00:00Z'),
    });
    marts = await Database.open(join(folder, 'marts', file), { readOnly: true });
  });

  afterAll(() => {
    marts.close();
    warehouse.close();
    rmSync(folder, { recursive: true });
  });

  it.each(expected)('%s, %s: %s, %s, "%s"', async (measureId, name, gapStatus, gapReason, detail) => {
    const row = await marts.main.first(
      `select gap_status, gap_reason, detail from care_gap inner join patient using (pid)
       where measure_id = $1 and full_name = $2`,
      [measureId, name],
    );
    expect(row).toEqual({ gap_status: gapStatus, gap_reason: gapReason, detail });
  });

  it('has no row for somebody outside the denominator', async () => {
    const rows = await marts.main.rows(
      `select * from care_gap inner join patient using (pid) where full_name = 'Emil, Test'`,
    );
    expect(rows).toEqual([]);
  });

  it('counts in the scorecard as many open gaps as it lists', async () => {
    const rows = await marts.main.rows(
      `select measure_id, performance_denominator, performance_numerator, denominator_exception, open_gaps
       from scorecard where dimension = 'all' order by measure_id`,
    );
    expect(rows).toEqual([
      {
        measure_id: screening,
        performance_denominator: 3,
        performance_numerator: 1,
        denominator_exception: null,
        open_gaps: 2,
      },
      {
        measure_id: glycemic,
        performance_denominator: 3,
        performance_numerator: 2,
        denominator_exception: null,
        open_gaps: 2,
      },
    ]);
  });

  it('gives every dimension of the scorecard the same total', async () => {
    const rows = await marts.main.rows<{ totals: number }>(
      `select measure_id, count(distinct total) as totals from (
         select measure_id, dimension, sum(initial_population) as total from scorecard group by all
       ) group by measure_id`,
    );
    expect(rows.map((row) => row.totals)).toEqual([1, 1]);
  });

  it('attributes by what the source states and ranks who needs most', async () => {
    const ben = await marts.main.first(
      `select site_name, provider_name, payer, last_visit, last_acute_visit, open_gaps, priority, priority_reasons, age
       from patient where full_name = 'Ben, Test'`,
    );
    expect(ben).toEqual({
      site_name: 'North Clinic',
      provider_name: 'Ito, Kei',
      payer: 'Acme Health',
      last_visit: '2026-05-02',
      last_acute_visit: '2026-05-02',
      open_gaps: 1,
      priority: 10,
      priority_reasons: ['1 open gap'],
      age: 71,
    });
  });
});
