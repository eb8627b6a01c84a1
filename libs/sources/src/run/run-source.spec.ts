import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../store/testing/temporary-store';
import { LoadBench } from '../../../ingest/src/warehouse.fixture';
import { holdExclusively, Source, SourceRun, StoredSecret } from '@catchment/store';
import { generateClientKey } from '../bulk/client-keys';
import { InstantPacing } from '../bulk/pacing.fixture';
import { keepKey, keyOf, publicKeys, removeSource } from '../definition/source-keys';
import { BulkServerFixture } from './bulk-server.fixture';
import { runSource, settleLost, sinceOf, type RunOptions } from './run-source';

jest.setTimeout(120_000);

const started = '2026-11-27T07:00:00Z';

describe('a run of a source', () => {
  let store: TemporaryStore;
  let bench: LoadBench;
  let server: BulkServerFixture;
  let source: Source;
  let pacing: InstantPacing;
  let asked: string[];
  let jobs = 0;

  const sources = () => store.dataSource.getRepository(Source);
  const runs = () => store.dataSource.getRepository(SourceRun);

  beforeAll(async () => {
    store = await openTemporaryStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    bench = await new LoadBench().open();
    server = await new BulkServerFixture().open();
    pacing = new InstantPacing(started);
    asked = [];
    source = await sources().save({
      name: `ehr ${++jobs}`,
      configuration: server.configuration,
      createdBy: 'admin@example.org',
    });
  });
  afterEach(async () => {
    await server.close();
    bench.close();
  });

  interface Attempt extends Partial<RunOptions> {
    jobId?: string;
    startedBy?: string;
    signal?: AbortSignal;
    onProgress?: () => void;
  }

  function run({
    jobId = `job ${++jobs}`,
    startedBy = 'schedule',
    signal,
    onProgress,
    ...options
  }: Attempt = {}) {
    const surroundings = {
      store,
      settings: { dataDir: bench.dataDir, port: 0 },
      dataDir: bench.dataDir,
      pacing,
      useWarehouse: (work: (connection: typeof bench.database.main) => Promise<never>) =>
        work(bench.database.main),
      demand: {},
      signal,
      onProgress,
    };
    const request = { sourceId: source.id, jobId, startedBy, queuedAt: new Date(started) };
    const onChange = async ({ name }: Source): Promise<string> => {
      asked.push(name);
      return 'evaluation-1';
    };
    return runSource(request, surroundings as never, {
      lastAttempt: false,
      comesAgain: true,
      onChange,
      ...options,
    });
  }

  const lastRun = () => runs().findOneOrFail({ where: { sourceId: source.id }, order: { queuedAt: 'DESC' } });
  const now = () => sources().findOneByOrFail({ id: source.id });

  it('loads everything at first, then what changed since the time that the server said', async () => {
    expect(await run()).toMatchObject({
      state: 'succeeded',
      since: null,
      counts: { loaded: { Patient: 2 }, unchanged: 0, files: 1 },
      transactionTime: '2026-11-27T06:00:00Z',
      evaluationRunId: 'evaluation-1',
    });
    expect(await now()).toMatchObject({ watermark: '2026-11-27T06:00:00Z', lastFullAt: new Date(started) });
    expect(server.asked.at(-1)).toBe('DELETE /status');

    server.behaviour = { ...server.behaviour, patients: ['p2'], transactionTime: '2026-11-28T06:00:00Z' };
    expect(await run()).toMatchObject({
      since: '2026-11-27T06:00:00Z',
      counts: { loaded: {}, unchanged: 1 },
    });
    expect(server.asked).toContain('GET /fhir/$export?_type=Patient&_since=2026-11-27T06:00:00Z');
    expect((await now()).watermark).toBe('2026-11-28T06:00:00Z');
    // Nothing changed with the second one.
    expect(asked).toEqual([source.name]);
    expect(existsSync(join(bench.dataDir, 'exports', `source-${source.id}`))).toBe(false);
  });

  it('keeps where the next pull begins when something is missing, and asks for no evaluation', async () => {
    await sources().update(source.id, { watermark: '2026-11-20T06:00:00Z' });
    server.behaviour.failure = 'Patient/p9 could not be exported';
    expect(await run()).toMatchObject({
      state: 'incomplete',
      counts: { loaded: { Patient: 2 } },
      // The id of the patient is cut from the server's words.
      findings: [{ code: 'not-exported', severity: 'error', text: 'Patient/… could not be exported' }],
      evaluationRunId: null,
    });
    expect((await now()).watermark).toBe('2026-11-20T06:00:00Z');
  });

  it('takes a whole export without anything for a mistake', async () => {
    server.behaviour.patients = [];
    expect(await run()).toMatchObject({ state: 'incomplete', findings: [{ code: 'empty-export' }] });
    expect((await now()).watermark).toBeNull();
  });

  it('of a group ends who has left it, with whole exports only', async () => {
    const configuration = { ...server.configuration, level: 'group' as const, groupId: 'g' };
    await sources().update(source.id, { configuration });
    const population = () => bench.rows('select id from registry.population order by id');
    await run();
    server.behaviour = { ...server.behaviour, patients: ['p1'] };
    // Changes only: p2 did not change. Who joined may come without older data.
    expect(await run()).toMatchObject({ state: 'succeeded', findings: [{ code: 'group-changes' }] });
    expect(await population()).toEqual([{ id: 'p1' }, { id: 'p2' }]);
    await sources().update(source.id, { watermark: null });
    expect(await run()).toMatchObject({
      state: 'succeeded',
      findings: [{ code: 'left-the-group', text: '1 patients are not in the group and are not evaluated' }],
    });
    expect(await population()).toEqual([{ id: 'p1' }]);
    // An export that failed in part says nothing of it.
    server.behaviour = { ...server.behaviour, patients: ['p2'], failure: 'Patient p1 could not be exported' };
    await sources().update(source.id, { watermark: null });
    await run();
    expect(await population()).toEqual([{ id: 'p1' }]);
    // The source has no group any more.
    server.behaviour = { ...server.behaviour, failure: undefined };
    await sources().update(source.id, { configuration: server.configuration, watermark: null });
    expect(await run()).toMatchObject({ state: 'succeeded', findings: [] });
    expect(await population()).toEqual([{ id: 'p1' }, { id: 'p2' }]);
  });

  it('does not move the beginning of the next pull when other data are asked for meanwhile', async () => {
    const types = ['Patient', 'Condition'];
    server.behaviour.looks = 1;
    const onProgress = () =>
      void sources().update(source.id, { configuration: { ...server.configuration, types } });
    const sleep = pacing.sleep.bind(pacing);
    pacing.sleep = async (...pause) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sleep(...pause);
    };
    expect(await run({ onProgress })).toMatchObject({ state: 'succeeded' });
    expect((await now()).watermark).toBeNull();
  });

  it('is given back to the server when somebody cancels it', async () => {
    server.behaviour.looks = 1_000_000;
    // Somebody else's process notes the wish; a second passes until it is seen.
    pacing.sleep = () => new Promise((resolve) => setTimeout(resolve, 50));
    const running = run();
    const progress = async () => (await runs().findOneBy({ sourceId: source.id }))?.progress;
    for (let tries = 0; tries < 100 && (await progress())?.step !== 'waiting'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await progress()).toMatchObject({ step: 'waiting', said: 'half done' });
    await runs().update({ sourceId: source.id }, { cancelRequestedAt: new Date() });
    expect(await running).toMatchObject({ state: 'cancelled' });
    expect(server.count('DELETE /status')).toBe(1);
    expect(existsSync(join(bench.dataDir, 'exports', `source-${source.id}`))).toBe(false);
  });

  it('goes on with the job of the server after an interruption, as the same run', async () => {
    const stop = new AbortController();
    server.behaviour.looks = 1;
    const onProgress = () => server.count('GET /status') > 0 && stop.abort();
    await expect(run({ jobId: 'interrupted', signal: stop.signal, onProgress })).rejects.toThrow();
    expect(await lastRun()).toMatchObject({
      state: 'queued',
      error: 'the run was interrupted; it goes on soon',
    });
    expect(server.count('DELETE')).toBe(0);

    expect(await run({ jobId: 'interrupted' })).toMatchObject({
      state: 'succeeded',
      attempts: 2,
      error: null,
    });
    expect(server.count('GET /fhir/$export')).toBe(1);
    // Called once more, as by a queue that did not hear of its end, it does nothing.
    expect(await run({ jobId: 'interrupted' })).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(await runs().countBy({ sourceId: source.id })).toBe(1);
  });

  it('waits for an attempt before it to be given up, and is not skipped for it', async () => {
    const stop = new AbortController();
    server.behaviour.looks = 1;
    const onProgress = () => server.count('GET /status') > 0 && stop.abort();
    await expect(run({ jobId: 'killed', signal: stop.signal, onProgress })).rejects.toThrow();
    const before = await holdExclusively(store.url, `source ${source.id}`, 0);
    setTimeout(() => void before.release(), 1_000);
    expect(await run({ jobId: 'killed' })).toMatchObject({ state: 'succeeded', attempts: 2 });
  });

  it('waits for a further attempt where the failure may pass, and has failed where it will not', async () => {
    server.behaviour.kickOffStatus = 503;
    await expect(run({ jobId: 'busy' })).rejects.toThrow(/503/);
    expect(await lastRun()).toMatchObject({
      state: 'queued',
      error: expect.stringMatching(/503.*soon/) as string,
    });
    await expect(run({ jobId: 'busy', lastAttempt: true })).rejects.toThrow(/503/);
    expect(await lastRun()).toMatchObject({ state: 'failed', attempts: 2 });

    server.behaviour.kickOffStatus = 400;
    await expect(run({ jobId: 'wrong' })).rejects.toThrow(/400/);
    expect(await runs().findOneByOrFail({ jobId: 'wrong' })).toMatchObject({
      state: 'failed',
      error: 'the kick-off was refused with status 400',
    });
  });

  it('whose files cannot be loaded has failed, and the next one asks for new files', async () => {
    server.behaviour.file = '{"resourceType":"Patient","id":"p1"}\n'.repeat(3).slice(0, -10) + '\u0000\u0000';
    await expect(run()).rejects.toThrow(/the file is binary/);
    const failed = await lastRun();
    expect(failed).toMatchObject({ state: 'failed' });
    // It names the file of the export, and no path of this machine.
    expect(failed.error).toMatch(/\(file 00000\.output\.Patient\.ndjson\)/);
    expect(failed.error).not.toContain(bench.dataDir);
    expect(server.count('DELETE /status')).toBe(1);
    server.behaviour.file = undefined;
    expect(await run()).toMatchObject({ state: 'succeeded' });
    expect(server.count('GET /fhir/$export')).toBe(2);
  });

  it('is skipped while another process pulls the same source, and a scheduled one of a source that is off', async () => {
    const other = await holdExclusively(store.url, `source ${source.id}`, 0);
    expect(await run()).toMatchObject({
      state: 'skipped',
      error: 'another run of this source was still under way',
    });
    await other.release();
    await sources().update(source.id, { enabled: false });
    expect(await run()).toMatchObject({ state: 'skipped', error: 'the source is switched off' });
    expect(await run({ startedBy: 'admin@example.org' })).toMatchObject({ state: 'succeeded' });
  });

  it('whose process was killed is ended when nothing brings it again', async () => {
    const base = {
      sourceId: source.id,
      startedBy: 'schedule',
      queuedAt: new Date(started),
      state: 'running',
    } as const;
    await runs().insert([
      { ...base, jobId: 'lost' },
      { ...base, jobId: 'comes-again' },
    ]);
    const other = await holdExclusively(store.url, `source ${source.id}`, 0);
    await settleLost(store, async (id) => id === 'comes-again', new Date(started));
    expect(await runs().findOneByOrFail({ jobId: 'lost' })).toMatchObject({ state: 'running' });
    await other.release();
    await settleLost(store, async (id) => id === 'comes-again', new Date(started));
    expect(await runs().findOneByOrFail({ jobId: 'lost' })).toMatchObject({
      state: 'failed',
      error: 'the process ended before the run did',
    });
    expect(await runs().findOneByOrFail({ jobId: 'comes-again' })).toMatchObject({ state: 'running' });
  });

  it('of a folder tells what was refused', async () => {
    const folder = join(bench.dataDir, 'drop', source.name);
    await sources().update(source.id, { configuration: { kind: 'folder', path: null } });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.ndjson'), '{"resourceType":"Patient","id":"a"}\n');
    writeFileSync(join(folder, 'b.json'), '<html/>');
    expect(await run()).toMatchObject({
      state: 'incomplete',
      transactionTime: null,
      counts: { loaded: { Patient: 1 }, files: 1 },
      findings: [{ code: 'file-refused', text: 'b.json: the file is HTML (file b.json)' }],
    });
  });

  it('signs with the key of its source, whose private half is a secret', async () => {
    const key = await generateClientKey('ES384');
    await keepKey(store, source.id, key);
    const kept = await now();
    expect(JSON.stringify(kept)).not.toContain(String(key.privateJwk.d));
    expect(await keyOf(store, kept)).toEqual(key);
    expect((await publicKeys(store)).keys).toEqual([key.publicJwk]);
    await removeSource(store, source.id);
    expect(await store.dataSource.getRepository(StoredSecret).count()).toBe(0);
    expect((await publicKeys(store)).keys).toEqual([]);
  });
});

describe('what a source is asked for', () => {
  const at = new Date('2026-11-27T00:00:00Z');
  it.each<[string, Parameters<typeof sinceOf>[0], string | null]>([
    ['everything at first', { watermark: null, fullEveryDays: null, lastFullAt: null }, null],
    ['changes after that', { watermark: 'w', fullEveryDays: null, lastFullAt: null }, 'w'],
    ['always everything', { watermark: 'w', fullEveryDays: 0, lastFullAt: at }, null],
    [
      'changes within the interval',
      { watermark: 'w', fullEveryDays: 7, lastFullAt: new Date('2026-11-20T00:00:01Z') },
      'w',
    ],
    [
      'everything after it',
      { watermark: 'w', fullEveryDays: 7, lastFullAt: new Date('2026-11-20T00:00:00Z') },
      null,
    ],
    [
      'everything when nobody knows when that was',
      { watermark: 'w', fullEveryDays: 7, lastFullAt: null },
      null,
    ],
  ])('%s', (_what, source, since) => expect(sinceOf(source, at)).toBe(since));
});
