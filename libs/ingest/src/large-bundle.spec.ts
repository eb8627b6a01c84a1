import { closeSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { landingFile } from './land-file';
import { receiveFile } from './receive-file';
import { LoadBench, patient } from './warehouse.fixture';

/** Size of the Bundle; `BUNDLE_MEGABYTES=1000 npx jest large-bundle` for a larger one. */
const megabytes = Number(process.env.BUNDLE_MEGABYTES ?? 200);

describe(`a Bundle of ${megabytes} MB in one line`, () => {
  let bench: LoadBench;
  let file: string;
  beforeAll(async () => {
    bench = await new LoadBench().open();
    file = writeBundle('bundle.json', megabytes);
  });
  afterAll(() => bench.close());

  it('is received entry by entry, not held as a whole', async () => {
    const before = process.memoryUsage().rss;
    let peak = before;
    const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    const received = await receiveFile({ path: file, bytes: 0, named: true }, { folder: bench.folder });
    clearInterval(look);
    rmSync(received!.text.path);
    expect(received).toMatchObject({ lines: megabytes, text: { layout: 'numbered' } });
    expect(received!.longestLine).toBeLessThan(1_100_000);
    // Held as a whole it would be more than its own size; what is collected late is garbage of the entries.
    expect(peak - before).toBeLessThan(150_000_000);
  });

  it('is loaded, and landed in the order of its entries', async () => {
    const entries = 40;
    const report = await bench.load([writeBundle('loaded.json', entries)]);
    expect(report).toMatchObject({ loaded: { Patient: entries }, quarantined: 0 });
    // In the order of the entries, for only then are they read again at once and not one by one.
    const original = landingFile(bench.dataDir, report.files[0]!.sha256);
    const inFile = `select line from read_parquet('${original}', file_row_number = true) order by file_row_number`;
    expect((await bench.rows(inFile)).map(({ line }) => line)).toEqual(
      Array.from({ length: entries }, (_, n) => n + 1),
    );
  });

  it('is refused by name when it ends in the middle, and nothing of it is stored', async () => {
    truncateSync(file, megabytes * 900_000);
    const refused = bench.load([file], {}, 'other');
    await expect(refused).rejects.toThrow(Diagnostic);
    await expect(refused).rejects.toThrow(/ends in the middle: truncated or malformed JSON .*bundle\.json/);
    expect(await bench.rows(`select count(*) as n from landing.file where source = 'other'`)).toEqual([
      { n: 0 },
    ]);
  });

  /** A Bundle of entries of 1 MB each. */
  function writeBundle(name: string, entries: number): string {
    const path = join(bench.folder, name);
    const output = openSync(path, 'w');
    writeSync(output, '{"resourceType":"Bundle","type":"collection","entry":[');
    for (let n = 0; n < entries; n++) {
      const resource = patient(`p${n}`, { text: { div: `\\"}]{${'é'.repeat(499_900)}` } });
      writeSync(output, `${n > 0 ? ',' : ''}{"resource":${JSON.stringify(resource)}}`);
    }
    writeSync(output, ']}');
    closeSync(output);
    return path;
  }
});
