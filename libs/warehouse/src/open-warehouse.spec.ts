import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Diagnostic, projectRoot } from '@catchment/platform';
import { openWarehouse, warehouseFile } from './open-warehouse';

describe('openWarehouse', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'catchment-warehouse-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('makes the warehouse at the first time and keeps it', async () => {
    const first = await openWarehouse(dataDir);
    await first.main.run(`insert into registry.subject values (1, 's', 'a')`);
    first.close();
    const second = await openWarehouse(dataDir);
    expect(await second.main.rows('select * from registry.subject')).toEqual([
      { pid: 1, source: 's', id: 'a' },
    ]);
    second.close();
  });

  it('removes what a process that was killed had put on disk for lack of memory', async () => {
    const spilled = `${warehouseFile(dataDir)}.tmp`;
    mkdirSync(spilled, { recursive: true });
    writeFileSync(join(spilled, 'duckdb_temp_storage_S32K-0.tmp'), 'a patient');
    const database = await openWarehouse(dataDir);
    expect(existsSync(spilled)).toBe(false);
    // The place is as the database has it.
    await database.main.withMemory(50_000_000, () =>
      database.main.run('create temp table large as select range, hash(range) as h from range(8_000_000)'),
    );
    expect(readdirSync(spilled)).not.toEqual([]);
    database.close();
  });

  it('says who has it open', async () => {
    const owner = await openElsewhere(dataDir);
    try {
      const opened = openWarehouse(dataDir);
      await expect(opened).rejects.toThrow(Diagnostic);
      await expect(opened).rejects.toThrow(
        new RegExp(`another process \\(${owner.pid}\\) has the warehouse open`),
      );
    } finally {
      owner.kill('SIGKILL');
    }
  });

  it('names a file that is no warehouse', async () => {
    mkdirSync(join(dataDir, 'warehouse'));
    writeFileSync(warehouseFile(dataDir), 'something else altogether, and long enough to be read');
    await expect(openWarehouse(dataDir)).rejects.toThrow(/cannot be opened.*catchment\.duckdb/);
  });

  it('names a folder that cannot be made', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(openWarehouse(file)).rejects.toThrow('data folder cannot be written');
  });
});

function openElsewhere(dataDir: string): Promise<ChildProcess> {
  const script = `require('@catchment/warehouse').openWarehouse(${JSON.stringify(dataDir)})
    .then(() => { process.stdout.write('open'); setInterval(() => {}, 1000); })`;
  const child = spawn(
    process.execPath,
    ['-r', join(projectRoot(), 'libs/platform/testing/register-typescript.cjs'), '-e', script],
    { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child)));
}
