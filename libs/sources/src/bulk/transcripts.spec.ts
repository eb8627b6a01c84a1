import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { projectRoot } from '@catchment/platform';
import { BulkClient, type BulkOptions, type ExportResult } from './bulk-client';
import { generateClientKey, type ClientKey } from './client-keys';
import type { ExportProgress } from './export-progress';
import type { ExportRequest } from './export-request';
import { InstantPacing } from './pacing.fixture';
import { ReplayServer, type Transcript } from './replay-server.fixture';

const folder = join(projectRoot(), '..', 'shared', 'data', 'bulk-transcript');
const present = existsSync(folder);
const group: ExportRequest = {
  target: { level: 'group', groupId: 'FallonHealth' },
  types: ['Patient', 'Condition'],
  method: 'GET',
};
const files = /bulkfiles/;
const status = /bulkstatus/;

/** Conversations that the public reference server of bulk data really had, each met by a careful client. */
describe('recorded conversations with the SMART reference server', () => {
  it('are there where it counts', () => {
    if (!present && process.env.CI === 'true') throw new Error(`CI has to have ${folder}`);
    if (!present) process.stderr.write('skipped, because ../shared/data/bulk-transcript is not there\n');
  });
  if (!present) return;

  let key: ClientKey;
  let server: ReplayServer;
  let here: string;
  let pacing: InstantPacing;
  let progress: ExportProgress[];
  const played = new Set<string>();

  beforeAll(async () => {
    key = await generateClientKey('ES384');
  });
  beforeEach(() => {
    here = mkdtempSync(join(tmpdir(), 'catchment-bulk-'));
    pacing = new InstantPacing();
    progress = [];
  });
  afterEach(async () => {
    await server?.close();
    rmSync(here, { recursive: true, force: true });
  });

  async function client(
    scenario: string,
    scope: string | undefined = 'system/*.rs',
    options: Partial<BulkOptions> = {},
  ): Promise<BulkClient> {
    played.add(scenario);
    const transcript = JSON.parse(readFileSync(join(folder, `${scenario}.json`), 'utf8')) as Transcript;
    server = await new ReplayServer(transcript).open();
    const identity = scope === '' ? undefined : { clientId: 'a-client', key, scope };
    return new BulkClient(
      { base: server.base, identity },
      { pacing, onProgress: (step) => progress.push(step), ...options },
    );
  }

  async function run(scenario: string, request: ExportRequest, scope?: string): Promise<ExportResult> {
    return (await client(scenario, scope)).export(here, request);
  }

  function lines(result: ExportResult, kind: string, type?: string): string[] {
    return result.files
      .filter((file) => file.kind === kind && (type === undefined || file.type === type))
      .flatMap(({ name }) => readFileSync(join(here, name), 'utf8').split('\n'))
      .filter((line) => line !== '');
  }

  /** Nothing was asked that the recorded server was not asked. */
  function expectNoSurprise(): void {
    expect(server.surprises).toEqual([]);
  }

  it('success-group: token by signed assertion, progress shown, all files, the token on each, job given back', async () => {
    const bulk = await client('success-group');
    const result = await bulk.export(here, group);
    expect(lines(result, 'output', 'Condition')).toHaveLength(21);
    expect(lines(result, 'output', 'Patient')).toHaveLength(3);
    expect(result).toMatchObject({
      transactionTime: '2026-11-23T02:09:28+00:00',
      failures: [],
      notGranted: [],
      warnings: [],
    });
    const [asked] = server.requests('POST', /auth\/token/);
    const form = new URLSearchParams(asked!.body);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const assertion = form.get('client_assertion')!;
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES384', kid: key.kid, typ: 'JWT' });
    const claims = decodeJwt(assertion);
    expect(claims).toMatchObject({
      iss: 'a-client',
      sub: 'a-client',
      aud: new URL('/auth/token', server.base).href,
    });
    expect(claims.exp! - pacing.clock.now().getTime() / 1000).toBeLessThanOrEqual(300);
    expect(claims.jti).toBeTruthy();
    const [kicked] = server.requests('GET', /\$export/);
    expect(kicked!.headers).toMatchObject({ prefer: 'respond-async', accept: 'application/fhir+json' });
    expect(
      server.requests('GET', files).every(({ headers }) => headers.authorization?.startsWith('Bearer ')),
    ).toBe(true);
    // Retry-After: 1 of the recorded server, to the letter.
    expect(pacing.pauses).toEqual([1000]);
    expect(progress).toContainEqual({ step: 'waiting', said: '0% complete, Please wait...' });
    expect(progress.at(-1)).toMatchObject({ step: 'downloading', files: { done: 2, total: 2 } });
    expect(server.requests('DELETE', status)).toHaveLength(0);
    await bulk.release(here);
    expect(server.requests('DELETE', status)).toHaveLength(1);
    expectNoSurprise();
  });

  it('success-open-no-auth: no token is asked for or sent where none is needed', async () => {
    const result = await run('success-open-no-auth', group, '');
    expect(lines(result, 'output')).toHaveLength(24);
    expect(server.requests('POST', /token/)).toEqual([]);
    expect(server.seen.filter(({ headers }) => headers.authorization)).toEqual([]);
  });

  it('success-open-no-auth: with a token in hand, files that need none do not get it', async () => {
    const transcript = JSON.parse(readFileSync(join(folder, 'success-group.json'), 'utf8')) as Transcript;
    played.add('success-group');
    for (const { request, response } of transcript.exchanges) {
      response.body = response.body?.replace('"requiresAccessToken":true', '"requiresAccessToken":false');
      // The recorded server was asked without a token once, to see that it refuses; here it must not refuse.
      if (request.url.includes('bulkfiles') && request.headers.authorization)
        delete request.headers.authorization;
    }
    server = await new ReplayServer(transcript).open();
    const identity = { clientId: 'a-client', key, scope: 'system/*.rs' };
    const result = await new BulkClient({ base: server.base, identity }, { pacing }).export(here, group);
    expect(result.files).toHaveLength(2);
    expect(server.requests('GET', status).every(({ headers }) => headers.authorization)).toBe(true);
    expect(server.requests('GET', files).filter(({ headers }) => headers.authorization)).toEqual([]);
  });

  it('paged-5-per-file: all parts of a type', async () => {
    const result = await run('paged-5-per-file', group);
    expect(result.files.map(({ type, count, lines: got }) => [type, count, got])).toEqual([
      ['Condition', 5, 5],
      ['Condition', 5, 5],
      ['Condition', 5, 5],
      ['Condition', 5, 5],
      ['Condition', 1, 1],
      ['Patient', 3, 3],
    ]);
  });

  it('post-parameters: a Parameters resource', async () => {
    const result = await run('post-parameters', { ...group, types: ['Patient'], method: 'POST' });
    expect(lines(result, 'output', 'Patient')).toHaveLength(3);
    const [kicked] = server.requests('POST', /\$export/);
    expect(kicked!.headers['content-type']).toBe('application/fhir+json');
    expect(JSON.parse(kicked!.body)).toEqual({
      resourceType: 'Parameters',
      parameter: [{ name: '_type', valueString: 'Patient' }],
    });
  });

  it('since-and-deleted: what changed, and what was deleted', async () => {
    const result = await run('since-and-deleted', {
      ...group,
      types: ['Condition'],
      since: '2012-01-01T00:00:00Z',
    });
    expect(lines(result, 'output')).toHaveLength(11);
    const deleted = lines(result, 'deleted').map(
      (line) => JSON.parse(line) as { entry: { request: object }[] },
    );
    expect(deleted).toHaveLength(5);
    expect(deleted[0]!.entry[0]!.request).toEqual({
      method: 'DELETE',
      url: 'Condition/73605341-58f5-4420-af33-c4e7afc8cc98',
    });
    const [kicked] = server.requests('GET', /\$export/);
    expect(kicked!.query.get('_since')).toBe('2012-01-01T00:00:00Z');
  });

  it('typefilter and elements: sent as they are written', async () => {
    const filtered = await run('typefilter', {
      ...group,
      types: ['Condition'],
      typeFilters: ['Condition?clinical-status=active'],
    });
    expect(lines(filtered, 'output')).toHaveLength(5);
    await server.close();
    rmSync(here, { recursive: true });
    const some = await run('elements', {
      ...group,
      types: ['Patient'],
      elements: ['Patient.id', 'Patient.birthDate'],
    });
    expect(lines(some, 'output')).toHaveLength(3);
  });

  it('partial-failure: what came is kept, what failed is said', async () => {
    const result = await run('partial-failure', { ...group, types: ['Patient', 'Condition', 'Encounter'] });
    expect(lines(result, 'output', 'Patient')).toHaveLength(3);
    expect(result.failures.map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
      'error: Failed to export 2.Condition.ndjson',
      'error: Failed to export 4.Encounter.ndjson',
    ]);
  });

  it('transient-error: asked again with growing pauses, not for ever, then given back', async () => {
    await expect(run('transient-error', group)).rejects.toThrow(
      /the status request was refused with status 500: An unknown error occurred \(transient_error\)/,
    );
    expect(server.requests('GET', status)).toHaveLength(10);
    expect(pacing.pauses.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(server.requests('DELETE', status)).toHaveLength(1);
  });

  it('file-expired-410: the manifest once more for new addresses, the export once more, then an error', async () => {
    await expect(run('file-expired-410', group)).rejects.toThrow(/status 410.*the server has removed it/s);
    expect(server.requests('GET', /\$export/)).toHaveLength(2);
    // Two looks until it is complete and one for new addresses; the second job is complete at once.
    expect(server.requests('GET', status).length).toBeGreaterThanOrEqual(4);
    expect(server.requests('DELETE', status)).toHaveLength(2);
    expect(readdirSync(here)).toEqual([]);
  });

  it('cancel: the job is given back to the server', async () => {
    const stop = new AbortController();
    const bulk = await client('cancel', 'system/*.rs', {
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === 'waiting') stop.abort();
      },
    });
    await expect(bulk.export(here, group)).rejects.toMatchObject({ name: 'AbortError' });
    const again = new BulkClient(
      { base: server.base, identity: { clientId: 'a-client', key, scope: 'system/*.rs' } },
      { pacing },
    );
    await again.release(here);
    expect(server.requests('DELETE', status)).toHaveLength(1);
    expect(readdirSync(here)).toEqual([]);
  });

  it('bad-type-400: the reason of the server, no second try', async () => {
    await expect(run('bad-type-400', { ...group, types: ['Patient', 'Nope'] })).rejects.toThrow(
      'the kick-off was refused with status 400: The requested resource type "Nope" is not available on this server',
    );
    expect(server.requests('GET', /\$export/)).toHaveLength(1);
  });

  it('kickoff-file-generation-failed: the reason of the server', async () => {
    await expect(run('kickoff-file-generation-failed', group)).rejects.toThrow(
      'the kick-off was refused with status 500: File generation failed',
    );
  });

  it('unauthorized-401: no token, no kick-off', async () => {
    await expect(run('unauthorized-401', group)).rejects.toThrow(
      'the token request was refused with status 401: invalid_client: Simulated invalid token error',
    );
    expect(server.requests('GET', /\$export/)).toEqual([]);
  });

  it('invalid-scope: the reason of the authorization server', async () => {
    await expect(run('invalid-scope', group, 'system/Nope.rs')).rejects.toThrow(/status 400: invalid_scope/);
    expect(server.requests('GET', /\$export/)).toEqual([]);
  });

  it('insufficient-scope: what was not granted is said, the rest comes', async () => {
    const result = await run('insufficient-scope', group, 'system/Patient.rs');
    expect(result.notGranted).toEqual(['Condition']);
    expect(lines(result, 'output', 'Patient')).toHaveLength(3);
  });

  it('token-expired-on-request: one new token, one more try', async () => {
    await expect(run('token-expired-on-request', group)).rejects.toThrow(
      'the kick-off was refused with status 401: Token expired',
    );
    expect(server.requests('POST', /token/)).toHaveLength(2);
    expect(server.requests('GET', /\$export/)).toHaveLength(2);
  });

  it('unknown-group: success with nothing in it', async () => {
    const result = await run('unknown-group', {
      ...group,
      target: { level: 'group', groupId: 'nope' },
      types: [],
    });
    expect(result).toMatchObject({ files: [], failures: [], transactionTime: '2026-11-23T02:10:11+00:00' });
  });

  it('are all played', async () => {
    server = await new ReplayServer({ scenario: '', exchanges: [] }).open();
    const recorded = readdirSync(folder).map((name) => name.replace('.json', ''));
    expect(recorded).toHaveLength(18);
    expect([...played].sort()).toEqual(recorded.sort());
  });
});
