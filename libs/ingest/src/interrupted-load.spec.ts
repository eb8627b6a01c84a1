import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { openWarehouse } from '@catchment/warehouse';
import { condition, LoadBench, ndjson, patient } from './warehouse.fixture';

/** Loads in a process of its own, which is killed after so many milliseconds. */
function loadAndKill(bench: LoadBench, path: string, after: number): Promise<NodeJS.Signals | null> {
  const root = projectRoot();
  const script = `
    const { openWarehouse } = require('@catchment/warehouse');
    const { loadPaths } = require('@catchment/ingest');
    openWarehouse(${JSON.stringify(bench.dataDir)}).then((database) => {
      process.stdout.write('open');
      return loadPaths({ connection: database.main, dataDir: ${JSON.stringify(bench.dataDir)}, paths: [${JSON.stringify(path)}] });
    });`;
  const child = spawn(
    process.execPath,
    ['-r', join(root, 'libs/platform/testing/register-typescript.cjs'), '-e', script],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

describe('a load that is killed', () => {
  const people = Array.from({ length: 3000 }, (_, n) => patient(`p${n}`));
  const findings = people.flatMap((_, n) => [0, 1, 2].map((k) => condition(`c${n}-${k}`, `Patient/p${n}`)));

  it('leaves a consistent warehouse, and the next one completes it', async () => {
    const bench = new LoadBench();
    const path = bench.write('x.ndjson', ndjson([...findings, ...people]));
    const ended: (NodeJS.Signals | null)[] = [];
    for (const after of [0, 60, 120, 200, 320]) {
      ended.push(await loadAndKill(bench, path, after));
      const database = await openWarehouse(bench.dataDir);
      for (const type of ['Patient', 'Condition']) {
        const known = await database.main.first(
          `select 1 from duckdb_tables() where schema_name = 'fhir' and table_name = '${type}'`,
        );
        if (!known) continue;
        expect(
          await database.main.rows(`select
            (select count(*) from fhir."${type}") - (select count(*) from registry.resource where type = '${type}') as n`),
        ).toEqual([{ n: 0 }]);
      }
      database.close();
    }
    expect(ended).toContain('SIGKILL');
    await bench.open();
    const report = await bench.load([path]);
    const loaded = Object.values(report.loaded).reduce((sum, count) => sum + count, 0);
    expect(loaded + report.unchanged).toBe(12_000);
    expect(report.quarantined).toBe(0);
    expect(
      await bench.rows(
        'select type, count(*) as n, count(distinct rid) as rids, count(pid) as pids from registry.resource group by type order by type',
      ),
    ).toEqual([
      { type: 'Condition', n: 9000, rids: 9000, pids: 9000 },
      { type: 'Patient', n: 3000, rids: 3000, pids: 3000 },
    ]);
    expect(existsSync(join(bench.dataDir, 'landing', 'incoming'))).toBe(false);
    bench.close();
    rmSync(bench.folder, { recursive: true, force: true });
  });
});
