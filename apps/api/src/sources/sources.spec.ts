import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { AuditTrailService } from '@catchment/access';
import { Source, sourceQueue, SourceRun as StoredRun } from '@catchment/store';
import { BulkServerFixture } from '../../../../libs/sources/src/run/bulk-server.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { ClinicalApi, type Caller } from '../../testing/clinical-api';
import { complaintsAbout } from '../../testing/schema-check';
import type { BulkSource, SourceRequest, SourceRun, SourceSummary } from '../clinical/contract';

jest.setTimeout(120_000);

describe('sources', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let admin: Caller;
  let ehr: BulkServerFixture;
  let bulk: BulkSource;
  let names = 0;

  beforeAll(async () => {
    store = await openTemporaryStore();
    api = await ClinicalApi.open(store, store.settings);
    admin = await api.as('admin');
    ehr = await new BulkServerFixture().open();
    bulk = { ...ehr.configuration };
    delete (bulk as { kind?: string }).kind;
  });
  afterAll(async () => {
    await ehr.close();
    await api.application.close();
    await store.close();
  });

  const queue = () => api.application.get<Queue>(getQueueToken(sourceQueue), { strict: false });
  const requested = (more: Partial<SourceRequest> = {}): SourceRequest => ({
    name: `ehr ${++names}`,
    cron: null,
    timeZone: null,
    enabled: true,
    evaluateAfter: true,
    fullEveryDays: null,
    ...more,
  });

  async function made(more: Partial<SourceRequest> = { bulk }): Promise<SourceSummary> {
    const answer = await admin.send('post', '/api/sources', {}, requested(more));
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body as SourceSummary;
  }

  const path = ({ sourceId }: SourceSummary, rest = ''): string => `/api/sources/${sourceId}${rest}`;

  it('are for administrators', async () => {
    const source = await made();
    for (const role of ['manager', 'quality', 'coordinator'] as const) {
      const other = await api.as(role);
      expect((await other.send('get', '/api/sources')).status).toBe(403);
      expect((await other.send('post', '/api/sources', {}, requested({ bulk }))).status).toBe(403);
      expect((await other.send('post', path(source, '/runs'))).status).toBe(403);
      expect((await other.send('put', path(source, '/key'), {}, {})).status).toBe(403);
    }
    expect((await api.anybody().send('get', '/api/sources')).status).toBe(401);
  });

  it('are made, listed, changed and removed, each with a trace', async () => {
    const source = await made({ bulk, cron: '15 2 * * *', timeZone: 'America/Chicago' });
    expect(complaintsAbout(source, 'SourceSummary')).toEqual([]);
    expect(source).toMatchObject({ kind: 'bulk', bulk, folder: null, key: null, lastRun: null });
    // 02:15 in Chicago is 07:15 or 08:15 in UTC.
    expect(source.nextRun).toMatch(/T0[78]:15:00.000Z$/);
    expect((await admin.get<SourceSummary[]>('/api/sources')).map(({ name }) => name)).toContain(source.name);

    const change = { ...requested({ bulk }), name: source.name, enabled: false };
    expect((await admin.send('put', path(source), {}, change)).body).toMatchObject({
      enabled: false,
      nextRun: null,
    });
    expect((await admin.send('delete', path(source))).status).toBe(204);
    expect((await admin.send('get', path(source))).status).toBe(404);
    const trail = await api.application.get(AuditTrailService).page(10);
    expect(trail.filter(({ objectId }) => objectId === source.sourceId).map(({ action }) => action)).toEqual([
      'remove-source',
      'change-source',
      'create-source',
    ]);
  });

  it('leave no downloads and no job at the server when they are removed', async () => {
    const source = await made();
    const folder = join(store.settings.dataDir, 'exports', `source-${source.sourceId}`);
    mkdirSync(folder, { recursive: true });
    const statusUrl = bulk.endpoint.replace('/fhir', '/status');
    writeFileSync(join(folder, 'export.json'), JSON.stringify({ base: bulk.endpoint, statusUrl }));
    writeFileSync(join(folder, '00000.output.Patient.ndjson'), '{"resourceType":"Patient","id":"a"}');
    expect((await admin.send('delete', path(source))).status).toBe(204);
    expect(ehr.asked.at(-1)).toBe('DELETE /status');
    expect(existsSync(folder)).toBe(false);
  });

  it('ask for everything again when other data are asked for, not when the server is reached otherwise', async () => {
    const source = await made();
    const watermark = '2026-11-27T06:00:00Z';
    await store.dataSource.getRepository(Source).update(source.sourceId, { watermark });
    const change = (more: Partial<BulkSource>) =>
      admin.send(
        'put',
        path(source),
        {},
        { ...requested({ bulk: { ...bulk, ...more } }), name: source.name },
      );
    expect((await change({ method: 'POST' })).body).toMatchObject({ watermark });
    expect((await change({ types: ['Patient', 'Condition'] })).body).toMatchObject({ watermark: null });
  });

  it.each<[string, Partial<SourceRequest> | (() => Partial<SourceRequest>), RegExp]>([
    ['of no kind', {}, /one of `bulk`.*and `sql`/],
    ['of two kinds', () => ({ bulk, folder: { path: null } }), /one of `bulk`.*and `sql`/],
    ['with a folder that nobody allowed', { folder: { path: '/etc' } }, /SOURCE_FOLDERS/],
    [
      'with an address without TLS',
      () => ({ bulk: { ...bulk, endpoint: 'http://ehr.example' } }),
      /must be https/,
    ],
    ['with a schedule that is none', () => ({ bulk, cron: 'x', timeZone: 'UTC' }), /five fields/],
    [
      'with a misspelt field',
      () => ({ bulk: { ...bulk, group: 'x' } as never }),
      /property group should not exist/,
    ],
    ['without a field', () => ({ bulk: { ...bulk, types: undefined } as never }), /types must be an array/],
  ])('%s are refused', async (_what, more, complaint) => {
    const answer = await admin.send(
      'post',
      '/api/sources',
      {},
      requested(typeof more === 'function' ? more() : more),
    );
    expect(answer.status).toBe(400);
    expect((answer.body as { detail: string }).detail).toMatch(complaint);
  });

  it('keep their name and kind', async () => {
    const source = await made();
    const taken = await admin.send('post', '/api/sources', {}, { ...requested({ bulk }), name: source.name });
    expect(taken.body).toMatchObject({
      status: 400,
      detail: `there is a source with the name "${source.name}"`,
    });
    const renamed = await admin.send('put', path(source), {}, requested({ bulk }));
    expect(renamed.body).toMatchObject({ detail: 'the name of a source never changes' });
    const other = { ...requested({ folder: { path: null } }), name: source.name };
    expect((await admin.send('put', path(source), {}, other)).body).toMatchObject({ status: 400 });
  });

  describe('prove themselves with a key', () => {
    it('whose public half everybody may read, and whose private half nobody', async () => {
      const source = await made();
      const answer = await admin.send('put', path(source, '/key'), {}, { alg: 'RS384' });
      const { key } = answer.body as SourceSummary;
      expect(key).toMatchObject({ alg: 'RS384' });
      const published = await request(api.application.getHttpServer())
        .get('/.well-known/jwks.json')
        .expect(200);
      expect(published.get('Cache-Control')).toBe('public, max-age=300');
      const { keys } = published.body as { keys: { kid: string }[] };
      expect(keys.find(({ kid }) => kid === key?.kid)).toEqual(JSON.parse(key!.jwk));
      const listed = await admin.send('get', '/api/sources');
      // Members of a private RSA key (RFC 7518, 6.3.2).
      for (const text of [answer.text, published.text, listed.text])
        expect(text).not.toMatch(/\\?"(d|p|q|dp|dq|qi)\\?":/);
    });

    it('that can be imported, and that nothing repeats when it is none', async () => {
      const source = await made();
      const pair = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
      const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const answer = await admin.send('put', path(source, '/key'), {}, { privateKey, keyId: 'at-the-ehr' });
      expect((answer.body as SourceSummary).key).toMatchObject({ kid: 'at-the-ehr', alg: 'ES384' });
      const broken = privateKey.replace('PRIVATE', 'SECRET');
      const refused = await admin.send('put', path(source, '/key'), {}, { privateKey: broken });
      expect(refused.status).toBe(400);
      expect(refused.text).not.toContain(privateKey.slice(40, 60));
      expect(api.log.text).not.toContain(privateKey.slice(40, 60));
    });
  });

  it('can be tried without asking for data', async () => {
    const source = await made();
    const answer = await admin.send('post', path(source, '/test'));
    expect(answer.body).toEqual([
      { name: 'token', ok: true, detail: 'none is needed: the server is open' },
      {
        name: 'capabilities',
        ok: true,
        detail: 'Fixture EHR, FHIR 4.0.1, bulk export not announced (many servers do not)',
      },
    ]);
    expect(ehr.count('GET /fhir/$export')).toBe(0);
    const closed = await made({ bulk: { ...bulk, clientId: 'me' } });
    expect((await admin.send('post', path(closed, '/test'))).body).toEqual([
      { name: 'token', ok: false, detail: 'the source has no key: make one, or import one' },
    ]);
    const folder = await made({ folder: { path: null } });
    expect((await admin.send('post', path(folder, '/test'))).body).toEqual([
      { name: 'folder', ok: true, detail: 'can be read and written; 0 files wait' },
    ]);
  });

  describe('are pulled', () => {
    it('when somebody asks, one run at a time', async () => {
      const source = await made();
      const answer = await admin.send('post', path(source, '/runs'));
      expect(answer.status).toBe(202);
      const run = answer.body as SourceRun;
      expect(complaintsAbout(run, 'SourceRun')).toEqual([]);
      expect(run).toMatchObject({ state: 'queued', startedBy: 'admin@demo.example', attempts: 0 });
      expect((await queue().getJobs(['waiting'])).map(({ data }) => data as object)).toContainEqual({
        sourceId: source.sourceId,
        startedBy: 'admin@demo.example',
      });
      const second = await admin.send('post', path(source, '/runs'));
      expect(second.body).toMatchObject({
        status: 400,
        detail: expect.stringMatching(/under way/) as string,
      });
      expect((await admin.send('delete', path(source))).status).toBe(400);
      const cancelled = await admin.send('post', path(source, `/runs/${run.runId}/cancel`));
      expect(cancelled.body).toMatchObject({ cancelRequested: true });
    });

    it('with everything that a run found, and what to do about it', async () => {
      const source = await made();
      await store.dataSource.getRepository(StoredRun).insert({
        sourceId: source.sourceId,
        jobId: `${names}`,
        state: 'incomplete',
        startedBy: 'schedule',
        queuedAt: new Date('2026-11-27T06:00:00Z'),
        startedAt: new Date('2026-11-27T06:00:01Z'),
        endedAt: new Date('2026-11-27T06:10:01Z'),
        attempts: 1,
        counts: { loaded: { Patient: 3 }, unchanged: 1, outdated: 0, quarantined: 2, deleted: 0, files: 1 },
        findings: [{ code: 'not-granted', severity: 'error', text: 'Condition' }],
      });
      const [run] = await admin.get<SourceRun[]>(path(source, '/runs'));
      expect(complaintsAbout(run, 'SourceRun')).toEqual([]);
      expect(run).toMatchObject({
        counts: { loaded: [{ type: 'Patient', count: 3 }] },
        findings: [{ code: 'not-granted', advice: expect.stringContaining('scopes') as string }],
      });
      expect(await admin.get(path(source, `/runs/${run!.runId}`))).toEqual(run);
      expect((await admin.get<SourceSummary>(path(source))).lastRun).toEqual(run);
      const ended = await admin.send('post', path(source, `/runs/${run!.runId}/cancel`));
      expect(ended.body).toMatchObject({ status: 400, detail: 'the run has ended already' });
      const other = await made();
      expect((await admin.send('get', path(other, `/runs/${run!.runId}`))).status).toBe(404);
      expect((await admin.send('get', path(other, '/runs/none'))).status).toBe(404);
    });
  });

  describe('that are folders take files', () => {
    const content = '{"resourceType":"Patient","id":"a"}\n';
    let source: SourceSummary;
    beforeAll(async () => {
      source = await made({ folder: { path: null } });
    });

    const upload = (
      name: string | undefined,
      body: string | Buffer = content,
      type = 'application/octet-stream',
    ) => {
      const test = admin.send('post', path(source, '/files'));
      if (name !== undefined) void test.set('X-File-Name', name);
      return test.set('Content-Type', type).send(body);
    };

    it('that lie there whole, under a name that stays there', async () => {
      const answer = await upload(encodeURIComponent('../../etc/Patienten Müller*.ndjson'));
      expect(answer.body).toEqual({ name: 'Patienten Müller_.ndjson', bytes: content.length });
      const folder = source.dropFolder!;
      expect(readdirSync(folder).sort()).toEqual(['Patienten Müller_.ndjson', 'done', 'refused']);
      expect(readFileSync(join(folder, 'Patienten Müller_.ndjson'), 'utf8')).toBe(content);
      // Names may be those of people.
      expect(api.log.text).not.toContain('Müller');
      const [event] = await api.application.get(AuditTrailService).page(1);
      expect(event).toMatchObject({ action: 'upload-file', detail: { bytes: content.length } });
    });

    it.each<[string, string | undefined, string, string, number, RegExp]>([
      [
        'of a name that waits',
        'Patienten%20M%C3%BCller_.ndjson',
        content,
        'application/octet-stream',
        400,
        /waits in/,
      ],
      ['without a name', undefined, content, 'application/octet-stream', 400, /needs a name/],
      ['hidden ones', '.profile', content, 'application/octet-stream', 400, /begin with a dot/],
      ['empty ones', 'empty.ndjson', '', 'application/octet-stream', 400, /is empty/],
      ['of another type', 'a.ndjson', content, 'text/plain', 415, /octet-stream/],
    ])('but not %s', async (_what, name, body, type, status, complaint) => {
      const answer = await upload(name, body, type);
      expect(answer.body).toMatchObject({ status });
      expect((answer.body as { detail: string }).detail).toMatch(complaint);
      expect(readdirSync(source.dropFolder!)).toHaveLength(3);
    });

    it('and servers take none', async () => {
      const server = await made();
      const answer = await admin
        .send('post', path(server, '/files'))
        .set({ 'Content-Type': 'application/octet-stream', 'X-File-Name': 'a' })
        .send(content);
      expect(answer.body).toMatchObject({
        status: 400,
        detail: 'files are laid into sources that are folders',
      });
    });
  });
});
