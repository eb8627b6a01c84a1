import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBatches, type Waiting } from './plan-batches';
import type { Original } from './select-landed';
import { condition, LoadBench, patient } from './warehouse.fixture';

describe('planBatches', () => {
  let bench: LoadBench;
  const count = 40_000;
  beforeAll(async () => {
    bench = await new LoadBench().open();
    const lines = Array.from({ length: count }, (_, n) =>
      n % 4 === 0 ? patient(`p${n}`) : condition(`c${n}`, `Patient/p${n - (n % 4)}`),
    );
    await bench.load([
      bench.write('1.ndjson', lines.slice(0, count / 2)),
      bench.write('2.ndjson', lines.slice(count / 2)),
    ]);
  });
  afterAll(() => bench.close());

  it.each([
    ['all', 'true', 30_000],
    ['every third', 'line % 3 = 0', 10_000],
    ['few', 'line = 6 or line = 19998', 4],
  ])('writes the waiting lines in the order that their places say: %s', async (_, condition, expected) => {
    const connection = bench.database.main;
    // The waiting lines come in any order.
    await connection.run(`create or replace temp table waiting_test as
      select file_id, line, id, hash from registry.resource
      where type = 'Condition' and (${condition}) order by hash`);
    const files = await connection.rows<{ file_id: number; sha256: string; path: string }>(
      'select * from landing.file',
    );
    const originals = files.map(({ file_id, sha256, path }): Original => ({ fileId: file_id, sha256, path }));
    const waiting: Waiting = {
      type: 'Condition',
      source: 'default',
      relation: 'temp.waiting_test',
      fileIds: [1, 2],
    };
    const [planned, ...others] = await planBatches(connection, bench.dataDir, waiting, originals);
    expect(others).toEqual([]);
    const spool = join(bench.folder, 'spool.ndjson');
    const batch = await planned!.prepare(connection, spool);
    const written = readFileSync(spool, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    const places = await connection.rows<{ n: number; id: string }>(`${batch.ndjson!.places} order by n`);
    expect(written).toHaveLength(expected);
    expect(places.map(({ n }) => n)).toEqual(written.map((__, index) => index));
    expect(places.map(({ id }) => id)).toEqual(written);
  });
});
