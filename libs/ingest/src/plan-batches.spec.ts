import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { planBatches, type PlannedBatch, type Waiting } from './plan-batches';
import type { Original } from './select-landed';
import { TextSurvey } from './text-survey';
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
    expect(await written(planned!)).toHaveLength(expected);
    // Pieces of a file, each some thousand of its lines: every line in one of them, none without lines.
    const limit = 4_000_000;
    const pieces = await planBatches(connection, bench.dataDir, waiting, originals, limit);
    const ids: string[][] = [];
    for (const piece of pieces) ids.push(await written(piece));
    expect(pieces).toHaveLength(expected > 4 ? 2 * Math.ceil((expected / 2) * (1_500 / limit)) : 1);
    expect(Math.min(...ids.map((each) => each.length))).toBeGreaterThan(0);
    expect(new Set(ids.flat()).size).toBe(expected);
    expect(ids.flat()).toHaveLength(expected);
  });

  it('a large file is copied part by part, cut at line ends', async () => {
    const connection = bench.database.main;
    const resources = Array.from({ length: 2_000 }, (_, n) => patient(`q${n}`, { note: 'ü'.repeat(n % 90) }));
    const report = await bench.load([bench.write('large.ndjson', resources)], {}, 'other');
    const { path, sha256, bytes, lines } = report.files[0]!;
    const marks = new TextSurvey(3_000);
    for (const chunk of [0, 1, 2, 3, 4].map((n) => readFileSync(path).subarray(n * 50_000, (n + 1) * 50_000)))
      marks.add(chunk);
    const numbered = await connection.first<{ file_id: number }>(
      'select file_id from landing.file where sha256 = $1',
      [sha256],
    );
    const file = {
      ...{ path, sha256, bytes, lines, textBytes: bytes, fileId: numbered!.file_id, known: false },
      text: { path, layout: 'plain', temporary: false } as const,
      marks: marks.marks,
      longestLine: marks.longestLine,
      modified: statSync(path).mtimeMs,
    };
    await connection.run(`create or replace temp table waiting_test as
      select file_id, line, id, hash from registry.resource where source = 'other' order by hash`);
    const waiting = {
      type: 'Patient',
      source: 'other',
      relation: 'temp.waiting_test',
      fileIds: [file.fileId],
    };
    const planned = await planBatches(connection, bench.dataDir, waiting, [file], 40_000);
    const ids: string[] = [];
    for (const piece of planned) {
      expect(piece.bytes).toBeLessThan(40_000 + 3_500);
      ids.push(...(await written(piece)));
    }
    expect(planned).toHaveLength(Math.ceil(bytes / 40_000));
    expect(ids).toEqual(resources.map((_, n) => `q${n}`));
  });

  /** The ids of the lines that a batch has in its file, once they were found to be those of its places and relation. */
  async function written(planned: PlannedBatch): Promise<string[]> {
    const connection = bench.database.main;
    const spool = join(bench.folder, 'spool.ndjson');
    const batch = await planned.prepare(connection, spool);
    expect(batch.ndjson!.files).toEqual([spool]);
    const ids = readFileSync(spool, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    const places = await connection.rows<{ n: number; id: string }>(`${batch.ndjson!.places} order by n`);
    expect(places.map(({ n }) => n)).toEqual(ids.map((_, index) => index));
    expect(places.map(({ id }) => id)).toEqual(ids);
    const related = await connection.rows<{ id: string }>(`select id from (${batch.relation})`);
    expect(related.map(({ id }) => id).sort()).toEqual([...ids].sort());
    return ids;
  }
});
