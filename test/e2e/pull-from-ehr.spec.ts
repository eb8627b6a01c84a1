import type { INestApplicationContext } from '@nestjs/common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importJWK, jwtVerify, type JWK } from 'jose';
import { pino } from 'pino';
import { projectRoot } from '@catchment/platform';
import { openStore } from '@catchment/store';
import { openWarehouse } from '@catchment/warehouse';
import type { Run, SourceRequest, SourceRun, SourceSummary } from '../../apps/api/src/clinical/contract';
import { ClinicalApi, type Caller } from '../../apps/api/testing/clinical-api';
import { createApplication as createWorker } from '../../apps/worker/src/application';
import { ReplayServer, type Transcript } from '../../libs/sources/src/bulk/replay-server.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../libs/store/testing/temporary-store';

jest.setTimeout(180_000);

const recorded = join(projectRoot(), '..', 'shared', 'data', 'bulk-transcript', 'success-group.json');
const present = existsSync(recorded);

/** From the form of an administrator to rows: API, queue, worker, a recorded server of bulk data, warehouse. */
describe('a source that is set up through the API', () => {
  it('has its recorded server where it counts', () => {
    if (!present && process.env.CI === 'true') throw new Error(`CI has to have ${recorded}`);
    if (!present) process.stderr.write('skipped, because ../shared/data/bulk-transcript is not there\n');
  });
  if (!present) return;

  let store: TemporaryStore;
  let api: ClinicalApi;
  let worker: INestApplicationContext;
  let admin: Caller;
  let ehr: ReplayServer;
  const log = { text: '' };

  beforeAll(async () => {
    store = await openTemporaryStore();
    api = await ClinicalApi.open(store, store.settings);
    const own = await openStore({ ...store.settings, databaseUrl: store.url });
    const logger = pino({ level: 'trace' }, { write: (line: string) => void (log.text += line) });
    worker = await createWorker(store.settings, own, logger);
    admin = await api.as('admin');
    ehr = await new ReplayServer(JSON.parse(readFileSync(recorded, 'utf8')) as Transcript).open();
  });
  afterAll(async () => {
    await ehr.close();
    await worker.close();
    await api.application.close();
    await store.close();
  });

  async function ended(path: string): Promise<SourceRun> {
    for (let tries = 0; tries < 600; tries++) {
      const run = await admin.get<SourceRun>(path);
      if (run.state !== 'queued' && run.state !== 'running') return run;
      await sleep(100);
    }
    throw new Error(`${path} does not end`);
  }

  async function rows(sql: string): Promise<unknown[]> {
    const warehouse = await openWarehouse(store.settings.dataDir);
    try {
      return await warehouse.main.rows(sql);
    } finally {
      warehouse.close();
    }
  }

  it('brings the data of the group into the warehouse and asks for an evaluation', async () => {
    const definition: SourceRequest = {
      name: 'main ehr',
      bulk: {
        endpoint: ehr.base,
        level: 'group',
        groupId: 'FallonHealth',
        types: ['Patient', 'Condition'],
        typeFilters: [],
        elements: [],
        method: 'GET',
        clientId: 'a-client',
        tokenUrl: null,
        scope: 'system/*.rs',
        fileHosts: [],
      },
      cron: '15 2 * * *',
      timeZone: 'America/Chicago',
      enabled: true,
      evaluateAfter: true,
      fullEveryDays: 0,
    };
    const made = await admin.send('post', '/api/sources', {}, definition);
    expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
    const path = `/api/sources/${(made.body as SourceSummary).sourceId}`;
    expect((await admin.send('put', `${path}/key`, {}, { alg: 'ES384' })).status).toBe(200);

    const asked = await admin.send('post', `${path}/runs`);
    expect(asked.status).toBe(202);
    const run = await ended(`${path}/runs/${(asked.body as SourceRun).runId}`);
    // Three patients with 21 conditions, as the recorded manifest says.
    expect(run).toMatchObject({
      state: 'succeeded',
      startedBy: 'admin@demo.example',
      transactionTime: '2026-11-23T02:09:28+00:00',
      findings: [],
      error: null,
      counts: {
        loaded: expect.arrayContaining([
          { type: 'Patient', count: 3 },
          { type: 'Condition', count: 21 },
        ]) as unknown,
        quarantined: 0,
        files: 2,
      },
    });
    expect(await admin.get<SourceSummary>(path)).toMatchObject({ watermark: '2026-11-23T02:09:28+00:00' });

    // There are no measures here, so that the evaluation fails at once and the warehouse is free.
    const runs = async () =>
      (await admin.get<Run[]>('/api/runs')).map(({ runId, reason, state }) => ({ runId, reason, state }));
    for (let tries = 0; tries < 300 && (await runs())[0]?.state !== 'failed'; tries++) await sleep(100);
    expect(await runs()).toEqual([
      { runId: run.evaluationRunId, reason: 'new data of main ehr', state: 'failed' },
    ]);
    expect(
      await rows(`select source, type, count(*) as n from registry.resource group by all order by all`),
    ).toEqual([
      { source: 'main ehr', type: 'Condition', n: 21 },
      { source: 'main ehr', type: 'Patient', n: 3 },
    ]);
  });

  it('proved itself with the key that the service publishes, and gave the job back', async () => {
    const [request] = ehr.requests('POST', /auth\/token/);
    const assertion = new URLSearchParams(request!.body).get('client_assertion') ?? '';
    const published = await api.anybody().get<{ keys: JWK[] }>('/.well-known/jwks.json');
    const { payload } = await jwtVerify(assertion, await importJWK(published.keys[0]!, 'ES384'));
    expect(payload).toMatchObject({ iss: 'a-client', sub: 'a-client' });
    expect(ehr.requests('DELETE', /bulkstatus/)).toHaveLength(1);
    expect(ehr.surprises).toEqual([]);
  });

  it('leaves neither tokens nor patients in logs, and no downloads', () => {
    const tokens = ehr.seen.flatMap(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? []);
    expect(tokens.length).toBeGreaterThan(0);
    const said = log.text + api.log.text;
    expect(said).toContain('"state":"succeeded"');
    for (const token of tokens) expect(said).not.toContain(token);
    expect(said).not.toMatch(/Patient\/[\w-]+/);
    expect(readdirSync(join(store.settings.dataDir, 'exports'))).toEqual([]);
  });
});
