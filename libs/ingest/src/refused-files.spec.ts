import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Diagnostic } from '@catchment/platform';
import { LoadBench, ndjson, patient } from './warehouse.fixture';

describe('files that cannot be loaded', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const packed = gzipSync(ndjson(Array.from({ length: 500 }, (_, n) => patient(`p${n}`))));
  const bundle = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: patient('a') }],
  });

  it.each<[string, string | Buffer, string]>([
    ['truncated.ndjson.gz', packed.subarray(0, packed.length - 20), 'is truncated'],
    ['damaged.ndjson.gz', Buffer.concat([packed.subarray(0, 20), Buffer.alloc(200, 7)]), 'is damaged'],
    ['empty.ndjson', '', 'is empty'],
    ['empty.ndjson.gz', gzipSync(''), 'is empty'],
    ['blank.ndjson', ' \n\n', 'nothing but white space'],
    ['binary.ndjson', Buffer.from([1, 0, 255, 10, 0]), 'is binary'],
    ['archive.json', Buffer.from('PK\x03\x04\x00\x00', 'latin1'), 'is a ZIP archive'],
    ['page.json', '<!DOCTYPE html><html>{"a":1}</html>', 'is HTML'],
    ['resource.json', '<?xml version="1.0"?><Patient/>', 'is XML'],
    ['list.json', '[{"resourceType":"Patient","id":"a"}]', 'is a JSON array'],
    ['words.ndjson', 'no JSON at all\n', 'is not FHIR JSON'],
    ['other.json', '{\n "name": "package"\n}', 'no FHIR: it has no resourceType'],
    ['cut.json', bundle.slice(0, -10), 'truncated or malformed JSON'],
    [
      'cut-pretty.json',
      JSON.stringify(JSON.parse(bundle), null, 2).slice(0, -10),
      'truncated or malformed JSON',
    ],
    ['two.json', `{\n "resourceType": "Patient"\n}\n{\n}`, 'more than one JSON document'],
    ['broken.json', '{\n "resourceType": "Patient",\n "id": }\n', 'is malformed JSON'],
    ['history.json', bundle.replace('collection', 'history'), 'of type history'],
  ])('%s', async (name, content, message) => {
    const good = bench.write('a.ndjson', [patient('a')]);
    const file = bench.write(name, content);
    const refused = bench.load([good, file]);
    await expect(refused).rejects.toThrow(Diagnostic);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(file);
    // Nothing is half loaded: neither rows nor originals nor ledger entries.
    expect(
      await bench.rows(
        'select (select count(*) from landing.file) + (select count(*) from registry.resource) as n',
      ),
    ).toEqual([{ n: 0 }]);
    expect(readdirSync(join(bench.dataDir, 'landing'))).toEqual([]);
  });

  it('a path that does not exist', async () => {
    await expect(bench.load([join(bench.folder, 'nowhere')])).rejects.toThrow(
      /does not exist \(file .*nowhere\)/,
    );
  });

  it('a folder without FHIR files', async () => {
    bench.write('in/README.md', '# data');
    await expect(bench.load([join(bench.folder, 'in')])).rejects.toThrow(/no FHIR files \(file .*in\)/);
  });

  it('files beside the data in a folder are left out and named', async () => {
    const readme = bench.write('in/README.md', '# data');
    const manifest = bench.write('in/manifest.json', '{\n "output": []\n}');
    bench.write('in/.hidden.ndjson', 'x');
    bench.write('in/p.ndjson', [patient('a')]);
    expect(await bench.load([join(bench.folder, 'in')])).toMatchObject({
      loaded: { Patient: 1 },
      ignored: [readme, manifest],
    });
  });

  it('a line above 200 MB, without holding it', async () => {
    const path = join(bench.folder, 'long.ndjson');
    const file = openSync(path, 'w');
    writeSync(file, `${JSON.stringify(patient('a'))}\n{"resourceType":"Patient","id":"b","x":"`);
    const portion = Buffer.alloc(10_000_000, 'y');
    for (let n = 0; n < 25; n++) writeSync(file, portion);
    writeSync(file, '"}\n');
    closeSync(file);
    const before = process.memoryUsage().rss;
    await expect(bench.load([path])).rejects.toThrow(/line of more than 200 MB \(line 2\).*long\.ndjson/);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('a line of 30 MB is loaded', async () => {
    const file = bench.write('x.ndjson', [
      patient('a'),
      patient('b', { language: 'y'.repeat(30_000_000) }),
      patient('c'),
    ]);
    const demand = { Patient: { language: {} } };
    expect(await bench.load([file], demand)).toMatchObject({ loaded: { Patient: 3 }, quarantined: 0 });
    expect(await bench.rows('select id, strlen(language) as n from fhir."Patient" order by id')).toEqual([
      { id: 'a', n: null },
      { id: 'b', n: 30_000_000 },
      { id: 'c', n: null },
    ]);
  });
});
