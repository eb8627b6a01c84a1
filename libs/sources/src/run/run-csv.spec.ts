import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../store/testing/temporary-store';
import { Source, SourceMapping, SourceRun } from '@catchment/store';
import { InstantPacing } from '../bulk/pacing.fixture';
import { LoadBench } from '../../../ingest/src/warehouse.fixture';
import { diagnosesFile, heldResources, mappingOf, patientsFile } from '../csv/extract.fixture';
import { keepMapping } from '../csv/source-mapping';
import { removeSource } from '../definition/source-keys';
import { runSource } from './run-source';
import { testSource } from './test-source';

jest.setTimeout(120_000);

const started = '2026-11-27T07:00:00Z';
const anna = '1,Anna,1958-03-14,F';

describe('a run of a source of CSV extracts', () => {
  let store: TemporaryStore;
  let bench: LoadBench;
  let source: Source;
  let drop: string;
  let asked: number;
  let jobs = 0;

  beforeAll(async () => {
    store = await openTemporaryStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    bench = await new LoadBench().open();
    asked = 0;
    source = await store.dataSource.getRepository(Source).save({
      name: `extracts ${++jobs}`,
      configuration: { kind: 'csv', path: null },
      createdBy: 'admin@example.org',
    });
    await give(mappingOf());
    drop = join(bench.dataDir, 'drop', source.name);
    mkdirSync(drop, { recursive: true });
  });
  afterEach(() => bench.close());

  const give = (text: string) =>
    keepMapping(store, source.id, { text, fileName: 'mapping.yaml', createdBy: 'admin@example.org' });
  const lay = (name: string, content: string) => writeFileSync(join(drop, name), content);
  const files = (folder: string): string[] =>
    readdirSync(join(drop, folder)).map((name) => name.replace('20261127T070003Z-', ''));

  const surroundings = () => ({
    store,
    settings: { dataDir: bench.dataDir, port: 0 },
    dataDir: bench.dataDir,
    pacing: new InstantPacing(started),
    useWarehouse: <T>(work: (connection: typeof bench.database.main) => Promise<T>) =>
      work(bench.database.main),
    demand: {},
  });

  const run = () =>
    runSource(
      { sourceId: source.id, jobId: `job ${++jobs}`, startedBy: 'arrival', queuedAt: new Date(started) },
      surroundings(),
      { lastAttempt: false, comesAgain: true, onChange: async () => `evaluation ${++asked}` },
    );
  const lastRun = () =>
    store.dataSource
      .getRepository(SourceRun)
      .findOneOrFail({ where: { sourceId: source.id }, order: { queuedAt: 'DESC', id: 'DESC' } });

  it.each<[string, string, string]>([
    ['done', '2,Ben,1971-11-02,M', 'done'],
    ['refused', '2,Ben,"1971-11-02,M', 'refused'],
  ])('takes no part of a drop for the whole when moving to %s breaks off', async (_what, ben, folder) => {
    await give(mappingOf({ patients: 'parts: true' }));
    lay('patients.csv', patientsFile(anna, '2,Ben,1971-11-02,M'));
    await run();
    expect(await heldResources(bench)).toEqual({ Patient: 2 });
    lay('patients-1.csv', patientsFile(anna));
    lay('patients-2.csv', patientsFile(ben));
    lay('patients-3.csv', patientsFile('3,Cleo,1999-05-05,F'));
    const obstacle = join(drop, folder, '20261127T070003Z-patients-2.csv');
    mkdirSync(join(obstacle, 'in the way'), { recursive: true });
    await expect(run()).rejects.toThrow();
    const held = { Patient: folder === 'done' ? 3 : 2 };
    expect(await heldResources(bench)).toEqual(held);
    rmSync(obstacle, { recursive: true });
    expect(await run()).toMatchObject({ state: 'succeeded', counts: { deleted: 0, files: 0 } });
    expect(files(folder)).toEqual(
      expect.arrayContaining(['patients-1.csv', 'patients-2.csv', 'patients-3.csv']),
    );
    expect(await heldResources(bench)).toEqual(held);
  });

  it('loads what lies there, lists what was set aside, and asks for an evaluation', async () => {
    lay('patients.csv', patientsFile(anna, '2,Ben,1971-11-02,X'));
    lay('diagnoses.csv', diagnosesFile('d1,1,E119'));
    expect(await run()).toMatchObject({
      state: 'succeeded',
      counts: { loaded: { Patient: 1, Condition: 1 }, quarantined: 1, files: 2 },
      findings: [
        {
          code: 'rows-set-aside',
          severity: 'warning',
          text: 'patients.csv, SEX: the mapping does not translate its value (line 3)',
        },
      ],
      evaluationRunId: 'evaluation 1',
    });
    expect(files('done')).toEqual(['diagnoses.csv', 'patients.csv', 'rows-set-aside.csv']);
    expect(readFileSync(join(drop, 'done', readdirSync(join(drop, 'done')).at(-1)!), 'utf8')).toBe(
      'table,file,line,column,reason\n"patients","patients.csv","3","SEX","the mapping does not translate its value"\n',
    );
    expect(readdirSync(join(bench.dataDir, 'exports'))).toEqual([]);
    // The same extract once more changes nothing and asks for nothing.
    lay('patients.csv', patientsFile(anna, '2,Ben,1971-11-02,X'));
    lay('diagnoses.csv', diagnosesFile('d1,1,E119'));
    expect(await run()).toMatchObject({
      state: 'succeeded',
      counts: { loaded: {}, unchanged: 2, deleted: 0 },
      evaluationRunId: null,
    });
  });

  it('fails for a file that is none, with the reason, and applies nothing of the others', async () => {
    lay('patients.csv', patientsFile(anna));
    lay('diagnoses.csv', 'DX,PERSON,CODE\nd1,1,E119\n');
    await expect(run()).rejects.toThrow(/nothing was applied/);
    expect(await lastRun()).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(
        /the header lacks the columns ID; it has DX, PERSON, CODE.*\(file diagnoses\.csv, line 1\).*send all files/,
      ) as unknown,
    });
    expect(await heldResources(bench)).toEqual({});
    expect(files('refused')).toEqual([
      'diagnoses.csv',
      'diagnoses.csv.reason.txt',
      'patients.csv',
      'patients.csv.reason.txt',
    ]);
    expect(files('done')).toEqual([]);
  });

  it('waits while one of the files is still being written', async () => {
    lay('patients.csv', patientsFile(anna));
    lay('diagnoses.csv.part', 'DX,ID');
    expect(await run()).toMatchObject({
      state: 'incomplete',
      counts: { loaded: {}, files: 0 },
      findings: [{ code: 'file-growing', text: 'diagnoses.csv.part' }],
    });
    expect(files('.').filter((name) => name.endsWith('.csv'))).toEqual(['patients.csv']);
  });

  it('refuses a file that no table reads, and loads the others', async () => {
    lay('patients.csv', patientsFile(anna));
    lay('pateints-2.csv', patientsFile(anna));
    expect(await run()).toMatchObject({
      state: 'incomplete',
      counts: { loaded: { Patient: 1 } },
      findings: [{ code: 'file-unknown', text: 'pateints-2.csv' }],
    });
    expect(readFileSync(join(drop, 'refused', readdirSync(join(drop, 'refused'))[1]!), 'utf8')).toMatch(
      /they read patients\*\.csv, diagnoses\*\.csv/,
    );
  });

  it('follows the newest version of its mapping; a faulty one is not kept', async () => {
    await expect(give('version: 1\ntimeZone: UTC\ntables: {}\n')).rejects.toThrow(/no table/);
    await give(mappingOf({ whole: 'empty: [unknown]' }));
    const versions = await store.dataSource
      .getRepository(SourceMapping)
      .find({ where: { sourceId: source.id }, order: { version: 'ASC' } });
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
    lay('patients.csv', patientsFile('1,unknown,1958-03-14,F'));
    await run();
    expect(await bench.rows('select count(*)::integer as n from registry.resource')).toEqual([{ n: 1 }]);
    await removeSource(store, source.id);
    expect(await store.dataSource.getRepository(SourceMapping).countBy({ sourceId: source.id })).toBe(0);
  });

  it('without a mapping fails, and its files stay', async () => {
    await store.dataSource.getRepository(SourceMapping).delete({ sourceId: source.id });
    lay('patients.csv', patientsFile(anna));
    await expect(run()).rejects.toThrow(/no mapping yet/);
    expect(files('.')).toContain('patients.csv');
    expect(await testSource(source, surroundings())).toMatchObject([
      { name: 'folder', ok: true },
      { name: 'mapping', ok: false, detail: expect.stringMatching(/no mapping yet/) as unknown },
    ]);
  });
});
