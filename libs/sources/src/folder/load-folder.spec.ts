import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { condition, LoadBench, ndjson, patient } from '../../../ingest/src/warehouse.fixture';
import { zipArchive } from '../../../platform/testing/zip-archive';
import { InstantPacing } from '../bulk/pacing.fixture';
import type { Pacing } from '../bulk/pacing';
import { prepareDropFolder } from './drop-folder';
import { loadFolder, type FolderReport } from './load-folder';

const own = { kind: 'folder' as const, path: null };

describe('a watched folder', () => {
  let bench: LoadBench;
  let folder: string;
  let staging: string;

  beforeEach(async () => {
    bench = await new LoadBench().open();
    folder = join(bench.dataDir, 'drop', 'lab');
    staging = join(bench.dataDir, 'exports', 'lab');
    prepareDropFolder(folder, own, { dataDir: bench.dataDir, port: 0 });
  });
  afterEach(() => bench.close());

  const drop = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);

  const load = (pacing: Pacing = new InstantPacing('2026-11-27T06:00:00Z')): Promise<FolderReport> =>
    loadFolder(folder, 'lab', staging, {
      dataDir: bench.dataDir,
      pacing,
      useWarehouse: (work) => work(bench.database.main),
      demand: {},
    });

  const listed = (name: string): string[] => readdirSync(join(folder, name)).sort();

  it('loads plain files, packed files and archives together, so that they may refer to each other', async () => {
    // The conditions come first by name; their patient is in the archive.
    drop('a.ndjson.gz', gzipSync(ndjson([condition('c1', 'Patient/p1')])));
    drop('b.json', JSON.stringify(patient('p2')));
    drop('c.zip', zipArchive([{ name: 'x/Patient.ndjson', content: ndjson([patient('p1')]) }]));
    const report = await load();
    expect(report).toMatchObject({
      loaded: { Patient: 2, Condition: 1 },
      quarantined: 0,
      done: ['a.ndjson.gz', 'b.json', 'c.zip'],
      refused: [],
    });
    // Two looks, three seconds apart.
    expect(listed('done')).toEqual(
      ['a.ndjson.gz', 'b.json', 'c.zip'].map((name) => `20261127T060003Z-${name}`),
    );
    expect(listed('.')).toEqual(['done', 'refused']);
    // No second copy of patient data stays.
    expect(existsSync(staging)).toBe(false);
    expect(await bench.rows(`select distinct source from registry.resource`)).toEqual([{ source: 'lab' }]);
  });

  it('refuses what cannot be read, with the reason beside it, and loads the rest', async () => {
    drop('good.ndjson', ndjson([patient('p1')]));
    drop('cut.ndjson.gz', gzipSync(ndjson([patient('p3')])).subarray(0, 30));
    drop('page.json', '<html>Sign in</html>');
    drop('evil.zip', zipArchive([{ name: '../x.ndjson', content: 'x' }]));
    drop('half.zip', zipArchive([{ name: 'bad/Patient.ndjson', content: '<html/>' }]));
    const report = await load();
    expect(report).toMatchObject({ loaded: { Patient: 1 }, done: ['good.ndjson'] });
    expect(Object.fromEntries(report.refused.map(({ file, reason }) => [file, reason]))).toEqual({
      'cut.ndjson.gz': expect.stringMatching(/is truncated.*\(file cut\.ndjson\.gz\)/) as string,
      'page.json': 'the file is HTML (file page.json)',
      'evil.zip': expect.stringMatching(/the archive is refused: invalid relative path/) as string,
      'half.zip': 'the file is HTML (file bad/Patient.ndjson)',
    });
    expect(listed('refused')).toHaveLength(8);
    expect(readFileSync(join(folder, 'refused', '20261127T060003Z-page.json.reason.txt'), 'utf8')).toBe(
      'the file is HTML (file page.json)\n',
    );
  });

  it('refuses archives without FHIR, alone too', async () => {
    drop('notes.zip', zipArchive([{ name: 'README.txt', content: 'nothing' }]));
    expect((await load()).refused.map(({ file }) => file)).toEqual(['notes.zip']);
    drop('notes.zip', zipArchive([{ name: 'README.txt', content: 'nothing' }]));
    drop('a.ndjson', ndjson([patient('p1')]));
    expect(await load()).toMatchObject({
      done: ['a.ndjson'],
      refused: [{ file: 'notes.zip', reason: 'the archive holds no FHIR' }],
    });
  });

  it('names what an archive has besides FHIR', async () => {
    const entries = [
      { name: 'Patient.ndjson', content: ndjson([patient('p1')]) },
      { name: 'notes/README.txt', content: 'read me' },
    ];
    drop('a.zip', zipArchive(entries));
    expect(await load()).toMatchObject({ done: ['a.zip'], notRead: ['a.zip!/notes/README.txt'] });
  });

  it('leaves files that grow, that look half written and that are no files', async () => {
    drop('growing.ndjson', ndjson([patient('p1')]));
    drop('upload.ndjson.part', ndjson([patient('p2')]));
    drop('.hidden.ndjson', ndjson([patient('p3')]));
    mkdirSync(join(folder, 'deeper'));
    symlinkSync('/etc/hostname', join(folder, 'link.ndjson'));
    const pacing = new InstantPacing();
    const sleep = pacing.sleep.bind(pacing);
    pacing.sleep = async (...pause) => {
      appendFileSync(join(folder, 'growing.ndjson'), ndjson([patient('p4')]));
      await sleep(...pause);
    };
    expect(await load(pacing)).toMatchObject({
      loaded: {},
      done: [],
      growing: ['growing.ndjson', 'upload.ndjson.part'],
      notRead: ['deeper', 'link.ndjson'],
    });
    // The next look finds it at rest.
    expect(await load()).toMatchObject({ loaded: { Patient: 2 }, done: ['growing.ndjson'] });
  });

  it('takes the same file again without harm', async () => {
    drop('a.ndjson', ndjson([patient('p1')]));
    await load();
    drop('a.ndjson', ndjson([patient('p1')]));
    expect(await load(new InstantPacing('2026-11-28T06:00:00Z'))).toMatchObject({
      loaded: {},
      unchanged: 1,
      done: ['a.ndjson'],
    });
    expect(listed('done')).toHaveLength(2);
  });

  it('of somebody else is not made, and may not lead elsewhere', () => {
    const feeds = join(bench.folder, 'feeds');
    const settings = { dataDir: bench.dataDir, port: 0, sourceFolders: [feeds] };
    mkdirSync(feeds);
    const path = join(feeds, 'lab');
    expect(() => prepareDropFolder(path, { kind: 'folder', path }, settings)).toThrow(/does not exist/);
    symlinkSync('/etc', path);
    expect(() => prepareDropFolder(path, { kind: 'folder', path }, settings)).toThrow(/a link leads out/);
  });
});
