import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { createResultTables, openWarehouse, readWarehouseContent, warehouseFile } from '@catchment/warehouse';
import { landingFile } from './land-file';
import { Ledger } from './ledger';
import { rebuildWarehouse, type RebuildReport, type RebuildRequest } from './rebuild';
import { condition, LoadBench, patient } from './warehouse.fixture';
import { readState } from './warehouse-state.fixture';

describe('rebuildWarehouse', () => {
  let bench: LoadBench;
  const codes = (code: string): object => ({ code: { coding: [{ system: 's', code }] } });
  beforeEach(async () => {
    bench = await new LoadBench().open();
    const demand = { Condition: { code: {}, recordedDate: {} }, Patient: { birthDate: {} } };
    await bench.event(
      [
        ...['a', 'b', 'c'].map((id) => patient(id, { birthDate: '1980' })),
        condition('c1', 'Patient/a', codes('x')),
        condition('c2', 'Patient/b', { ...codes('y'), recordedDate: 'yesterday' }),
        condition('c3', 'Patient/c', codes('z')),
        condition('c4', 'Patient/later', codes('z')),
        'bad',
      ],
      { demand, panel: { name: 'g', patients: ['a', 'b', 'later'] } },
    );
    await bench.event([patient('b', { birthDate: '1981' })], {
      deletions: bench.deletions('Condition/c3', 'Patient/a'),
    });
    await bench.event([patient('later')], { source: 'default' });
    // The typed tables learn of more only now.
    await bench.event([condition('c5', 'Patient/b')], { demand: { Condition: { severity: {} } } });
  });
  afterEach(() => bench.close());

  async function rebuild(request: Partial<RebuildRequest> = {}): Promise<RebuildReport> {
    bench.database.close();
    try {
      return await rebuildWarehouse({ dataDir: bench.dataDir, ...request });
    } finally {
      await bench.open();
    }
  }

  const leftovers = (): string[] =>
    readdirSync(join(bench.dataDir, 'warehouse')).filter((name) => name.includes('rebuilt'));

  it('makes the same of landing zone and ledger: content, typed tables, population, what waits', async () => {
    const state = await readState(bench.database.main);
    const content = await readWarehouseContent(bench.database.main);
    expect(state.waiting).toHaveLength(1);
    const report = await rebuild();
    expect(report).toEqual({ loads: 4, content, before: content });
    expect(await readState(bench.database.main)).toEqual(state);
    expect(leftovers()).toEqual([]);
    expect(await bench.event([patient('d')])).toMatchObject({ loaded: { Patient: 1 } });
  });

  it('carries over what no load brings: value sets, pins, the trend', async () => {
    await createResultTables(bench.database.main);
    await bench.database.main.run(`
      insert into terminology.value_set values (7, 'urn:vs', '1', 'Set', 'imported');
      insert into terminology.value_set_code values (7, 's', 'x');
      insert into terminology.pin values ('urn:vs', '1', 'm');
      insert into results.trend (measure_id, period_end, performance_numerator) values ('M', '2026-01-31', 4)`);
    await rebuild();
    expect(await bench.rows('select vs_id, canonical, origin from terminology.value_set')).toEqual([
      { vs_id: 7, canonical: 'urn:vs', origin: 'imported' },
    ]);
    expect(await bench.rows('select code from terminology.value_set_code')).toEqual([{ code: 'x' }]);
    expect(await bench.rows('select manifest from terminology.pin')).toEqual([{ manifest: 'm' }]);
    expect(await bench.rows('select measure_id, performance_numerator as n from results.trend')).toEqual([
      { measure_id: 'M', n: 4 },
    ]);
  });

  it.each<[string, (sha256: string) => void, RegExp]>([
    ['missing', (file) => rmSync(file), /original is missing in the landing zone .*file .*0\.ndjson/],
    ['damaged', (file) => writeFileSync(file, 'PAR1'), /original is damaged in the landing zone/],
  ])('keeps the old warehouse when an original is %s', async (_, harm, message) => {
    const state = await readState(bench.database.main);
    harm(landingFile(bench.dataDir, Ledger.read(bench.dataDir).events[0]!.files[0]!.sha256));
    await expect(rebuild()).rejects.toThrow(message);
    expect(await readState(bench.database.main)).toEqual(state);
    expect(leftovers()).toEqual([]);
  });

  it('keeps a warehouse that holds something else, unless that is accepted', async () => {
    const state = await readState(bench.database.main);
    await bench.database.main.run(`delete from fhir."Condition" where id = 'c5';
      delete from registry.resource where type = 'Condition' and id = 'c5'`);
    await expect(rebuild()).rejects.toThrow(/holds other resources than the old one/);
    expect(await bench.rows(`select id from fhir."Condition" where id = 'c5'`)).toEqual([]);
    await rebuild({ acceptDifference: true });
    expect(await readState(bench.database.main)).toEqual(state);
  });

  it('does not need a warehouse that can be read, when told so', async () => {
    const state = await readState(bench.database.main);
    bench.database.close();
    writeFileSync(warehouseFile(bench.dataDir), 'no database');
    await expect(rebuildWarehouse({ dataDir: bench.dataDir })).rejects.toThrow(/cannot be opened/);
    const { before } = await rebuildWarehouse({
      dataDir: bench.dataDir,
      fresh: true,
      demand: { Condition: { code: {}, recordedDate: {}, severity: {} }, Patient: { birthDate: {} } },
    });
    expect(before).toBeUndefined();
    await bench.open();
    expect(await readState(bench.database.main)).toEqual(state);
  });

  it('leaves a warehouse alone that another process works with', async () => {
    bench.database.close();
    const script = `require('@catchment/warehouse').openWarehouse(${JSON.stringify(bench.dataDir)})
      .then(() => { process.stdout.write('open'); setInterval(() => {}, 1000); })`;
    const owner = spawn(
      process.execPath,
      ['-r', join(projectRoot(), 'libs/platform/testing/register-typescript.cjs'), '-e', script],
      { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(owner.stdout, 'data');
    const rebuilding = rebuildWarehouse({ dataDir: bench.dataDir, fresh: true });
    await expect(rebuilding).rejects.toThrow(/has the warehouse open/);
    expect(leftovers()).toEqual([]);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await bench.open();
  });

  it('needs a ledger', async () => {
    const other = await new LoadBench().open();
    other.database.close();
    await expect(rebuildWarehouse({ dataDir: other.dataDir })).rejects.toThrow(/no loads to rebuild from/);
    other.database = await openWarehouse(other.dataDir);
    other.close();
  });
});
