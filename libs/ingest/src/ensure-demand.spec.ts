import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, projectRoot } from '@catchment/platform';
import { ensureDemand } from './ensure-demand';
import { condition, LoadBench, patient } from './warehouse.fixture';

describe('ensureDemand', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const grow = (demand: Parameters<typeof ensureDemand>[2]) =>
    ensureDemand(bench.database.main, bench.dataDir, demand);
  const severe = { severity: { coding: [{ system: 's', code: 'severe' }] } };

  it('makes tables for types that nobody has loaded', async () => {
    expect(await grow({ Encounter: { status: {} } })).toMatchObject({ types: ['Encounter'], quarantined: 0 });
    expect(await bench.rows('select * from fhir."Encounter"')).toEqual([]);
    expect(await grow({ Encounter: {} })).toMatchObject({ types: [] });
  });

  it('reads what is asked for now out of the originals, current versions only', async () => {
    await bench.load([
      bench.write('1.ndjson', [patient('a'), condition('c1', 'Patient/a', { recordedDate: '2020' })]),
      bench.write(
        '2.json',
        JSON.stringify(condition('c2', 'Patient/a', { recordedDate: '2021', ...severe }), null, 1),
      ),
    ]);
    await bench.load([bench.write('3.ndjson', [condition('c1', 'Patient/a', { recordedDate: '2022' })])]);
    await bench.load(
      [bench.write('4.ndjson', [patient('a'), condition('c1', 'Patient/a', severe)])],
      {},
      'south',
    );
    const before = await bench.rows('select pid, rid, id from fhir."Condition" order by rid');

    const outcome = await grow({ Condition: { recordedDate: {}, severity: {} } });

    expect(outcome).toEqual({ types: ['Condition'], quarantined: 0, dictionariesGrew: true });
    expect(await bench.rows('select pid, rid, id from fhir."Condition" order by rid')).toEqual(before);
    const codes = await bench.rows(`
      select c.pid, c.id, c."recordedDate".lo::date as recorded, k.codings[1].code as severity
      from fhir."Condition" as c left join dictionary.concept as k on k.key = c.severity order by all`);
    expect(codes).toEqual([
      { pid: 1, id: 'c1', recorded: '2022-01-01', severity: null },
      { pid: 1, id: 'c2', recorded: '2021-01-01', severity: 'severe' },
      { pid: 2, id: 'c1', recorded: null, severity: 'severe' },
    ]);
    // The wider demand holds for what is loaded from now on.
    await bench.load([bench.write('5.ndjson', [condition('c3', 'Patient/a', { recordedDate: '2023' })])]);
    expect(
      await bench.rows(`select "recordedDate".lo::date as d from fhir."Condition" where id = 'c3'`),
    ).toEqual([{ d: '2023-01-01' }]);
  });

  it('types again what another version typed, once its demand is forgotten', async () => {
    const recordedDate = '2021-12-31T22:00:00-05:00';
    await bench.load(
      [bench.write('1.ndjson', [patient('a'), condition('c1', 'Patient/a', { recordedDate })])],
      { Condition: { recordedDate: {} } },
    );
    const typed = () => bench.rows('select rid, id, "recordedDate" from fhir."Condition"');
    const before = await typed();
    const forget = join(projectRoot(), 'sql', 'migrations', '0003-stated-offset.sql');
    await bench.database.main.run(`create or replace table fhir."Condition" as
      select pid, rid, id, {'lo': "recordedDate".lo, 'hi': "recordedDate".hi} as "recordedDate"
      from fhir."Condition"`);
    expect(await typed()).not.toEqual(before);
    await bench.database.main.run(readFileSync(forget, 'utf8'));

    await grow({ Condition: { recordedDate: {} } });

    expect(await typed()).toEqual(before);
    expect(before).toMatchObject([{ recordedDate: { lo: '2022-01-01 03:00:00', zone: -300 } }]);
  });

  it('quarantines what turns out invalid', async () => {
    const file = bench.write('1.ndjson', [
      patient('a'),
      condition('c1', 'Patient/a', { recordedDate: 'yesterday' }),
      condition('c2', 'Patient/a', { recordedDate: '2021' }),
    ]);
    expect(await bench.load([file])).toMatchObject({ loaded: { Condition: 2 }, quarantined: 0 });
    expect(await grow({ Condition: { recordedDate: {} } })).toMatchObject({ quarantined: 1 });
    expect(await bench.rows('select line, id, reason, detail from landing.quarantine')).toEqual([
      { line: 2, id: 'c1', reason: 'invalid-value', detail: 'recordedDate' },
    ]);
    expect(await bench.rows(`select id from registry.resource where type = 'Condition'`)).toEqual([
      { id: 'c2' },
    ]);
    expect(await bench.rows('select id from fhir."Condition"')).toEqual([{ id: 'c2' }]);
  });

  it('needs the originals, and changes nothing without them', async () => {
    await bench.load([bench.write('1.ndjson', [patient('a'), condition('c1', 'Patient/a')])]);
    for (const name of readdirSync(join(bench.dataDir, 'landing')))
      rmSync(join(bench.dataDir, 'landing', name));
    const grown = grow({ Condition: { recordedDate: {} } });
    await expect(grown).rejects.toThrow(Diagnostic);
    await expect(grown).rejects.toThrow(/original of Condition is missing.*1\.ndjson/);
    expect(await bench.rows('select id from fhir."Condition"')).toEqual([{ id: 'c1' }]);
  });
});
