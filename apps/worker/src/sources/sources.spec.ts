import { getQueueToken } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { pino } from 'pino';
import { projectRoot } from '@catchment/platform';
import { keepMapping, keepPassword } from '@catchment/sources';
import {
  evaluationQueue,
  EvaluationRunRecord,
  openStore,
  QueuesModule,
  Source,
  sourceQueue,
  SourceRun,
  StoreModule,
  type EvaluationJob,
  type SourceConfiguration,
  type SourceJob,
} from '@catchment/store';
import { openWarehouse } from '@catchment/warehouse';
import { BulkServerFixture } from '../../../../libs/sources/src/run/bulk-server.fixture';
import { connectionOptions } from '../../../../libs/store/src/postgres/connection-url';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { EvaluationProcessor } from '../evaluation/evaluation.processor';
import { SettingsModule } from '../settings.module';
import { SourceSchedulesService } from './source-schedules.service';
import { SourcesModule } from './sources.module';

jest.setTimeout(120_000);

const backends: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (process.env.REDIS_URL) backends.push(['Redis', process.env.REDIS_URL]);

describe.each(backends)('pulls with queues on %s', (_name, redisUrl) => {
  let store: TemporaryStore;
  let worker: INestApplicationContext;
  let ehr: BulkServerFixture;

  beforeAll(async () => {
    // What an evaluation does is the business of its own specs; here it is asked for, and stays in the queue.
    jest.spyOn(EvaluationProcessor.prototype, 'onApplicationBootstrap').mockResolvedValue();
    store = await openTemporaryStore();
    await startWorker();
  });
  beforeEach(async () => {
    ehr = await new BulkServerFixture().open();
  });
  afterEach(async () => {
    await store.dataSource.query('delete from catchment.source');
    await queue().obliterate({ force: true });
    await evaluations().obliterate({ force: true });
    await ehr.close();
  });
  afterAll(async () => {
    await worker.close();
    await store.close();
  });

  /** A data source of its own: Nest closes the one that it is given. */
  async function startWorker(): Promise<void> {
    const own = await openStore({ ...store.settings, databaseUrl: store.url });
    @Module({
      imports: [
        SettingsModule.forRoot(store.settings, pino({ level: 'silent' })),
        StoreModule.forRoot(own),
        QueuesModule.forRoot({ redisUrl }, store.url),
        SourcesModule.forRoot(own),
      ],
    })
    class Worker {}
    worker = await NestFactory.createApplicationContext(Worker, { logger: false, abortOnError: false });
  }

  const queue = () => worker.get<Queue<SourceJob>>(getQueueToken(sourceQueue), { strict: false });
  const evaluations = () =>
    worker.get<Queue<EvaluationJob>>(getQueueToken(evaluationQueue), { strict: false });
  const schedules = () => worker.get(SourceSchedulesService, { strict: false });
  const sources = () => store.dataSource.getRepository(Source);
  const runs = () => store.dataSource.getRepository(SourceRun);

  function add(configuration: SourceConfiguration, more: Partial<Source> = {}): Promise<Source> {
    return sources().save({ name: 'main ehr', configuration, createdBy: 'admin@example.org', ...more });
  }

  async function ended(where: { sourceId: string } | { jobId: string }): Promise<SourceRun> {
    for (let tries = 0; tries < 300; tries++) {
      const run = await runs().findOne({ where, order: { queuedAt: 'DESC' } });
      if (run && run.state !== 'queued' && run.state !== 'running') return run;
      await sleep(100);
    }
    throw new Error(`no run ended: ${JSON.stringify(await runs().findBy(where))}`);
  }

  async function ask(sourceId: string, more: { allowsLoss?: true } = {}): Promise<string> {
    const job = await queue().add('pull', { sourceId, startedBy: 'admin@example.org', ...more });
    return job.id!;
  }

  async function patients(source = '%'): Promise<unknown[]> {
    const warehouse = await openWarehouse(store.settings.dataDir);
    try {
      return await warehouse.main.rows(
        'select source, id from registry.subject where source like $1 order by all',
        [source],
      );
    } finally {
      warehouse.close();
    }
  }

  it('bring the data of a server into the warehouse and ask for one evaluation of what is published', async () => {
    await store.dataSource.getRepository(EvaluationRunRecord).insert({
      id: 'published',
      measures: [],
      periodStart: '2025-01-01',
      periodEnd: '2025-12-31',
      dataSnapshot: {},
      startedAt: new Date(),
      startedBy: 'system',
      reason: 'first',
      engineVersion: 'fixture',
      published: true,
    });
    const { id } = await add(ehr.configuration);
    const run = await ended({ jobId: await ask(id) });
    expect(run).toMatchObject({ state: 'succeeded', counts: { loaded: { Patient: 2 } } });
    expect(await patients()).toEqual([
      { source: 'main ehr', id: 'p1' },
      { source: 'main ehr', id: 'p2' },
    ]);
    ehr.behaviour = { ...ehr.behaviour, patients: ['p3'] };
    expect(await ended({ jobId: await ask(id) })).toMatchObject({ evaluationRunId: run.evaluationRunId });
    expect((await evaluations().getJobs(['waiting'])).map(({ data }) => data)).toEqual([
      {
        runId: run.evaluationRunId,
        measureIds: 'all',
        periodStart: '2025-01-01',
        periodEnd: '2025-12-31',
        startedBy: 'new data',
        reason: 'new data of main ehr',
      },
    ]);
  });

  it('ask for no evaluation where the source says so', async () => {
    ehr.behaviour.patients = ['p4'];
    const { id } = await add(ehr.configuration, { evaluateAfter: false });
    expect(await ended({ jobId: await ask(id) })).toMatchObject({
      state: 'succeeded',
      evaluationRunId: null,
    });
    expect(await evaluations().count()).toBe(0);
  });

  it('follow their schedules: made, changed, switched off, flawed', async () => {
    const patterns = async () => {
      await schedules().look();
      return (await queue().getJobSchedulers(0, -1)).map(({ key, pattern, tz }) => ({ key, pattern, tz }));
    };
    const { id } = await add(ehr.configuration, { cron: '15 2 * * *', timeZone: 'America/Chicago' });
    expect(await patterns()).toEqual([{ key: id, pattern: '15 2 * * *', tz: 'America/Chicago' }]);
    await sources().update(id, { cron: '45 3 * * *' });
    expect(await patterns()).toEqual([{ key: id, pattern: '45 3 * * *', tz: 'America/Chicago' }]);
    await sources().update(id, { timeZone: 'Mars/Base' });
    expect(await patterns()).toEqual([]);
    await sources().update(id, { timeZone: 'UTC' });
    expect(await patterns()).toHaveLength(1);
    await sources().update(id, { enabled: false });
    expect(await patterns()).toEqual([]);
  });

  it('of a folder begin when files have come to rest, once', async () => {
    const { id } = await add({ kind: 'folder', path: null }, { name: 'lab' });
    await schedules().look();
    const folder = join(store.settings.dataDir, 'drop', 'lab');
    writeFileSync(join(folder, 'a.ndjson'), '{"resourceType":"Patient","id":"a"}\n');
    await schedules().look();
    expect(await queue().count()).toBe(0);
    await schedules().look();
    expect(await ended({ sourceId: id })).toMatchObject({
      state: 'succeeded',
      startedBy: 'arrival',
      counts: { loaded: { Patient: 1 } },
    });
    await schedules().look();
    await schedules().look();
    expect(await runs().countBy({ sourceId: id })).toBe(1);
    expect(readdirSync(join(folder, 'done'))).toHaveLength(1);
  });

  it('of CSV extracts load what arrived; an extract that is refused has failed, with the reason', async () => {
    const { id } = await add({ kind: 'csv', path: null }, { name: 'billing' });
    const examples = join(projectRoot(), 'docs/examples/csv-extract');
    const text = readFileSync(join(examples, 'mapping.yaml'), 'utf8');
    await keepMapping(store, id, { text, fileName: 'mapping.yaml', createdBy: 'admin@example.org' });
    await schedules().look();
    const folder = join(store.settings.dataDir, 'drop', 'billing');
    const lay = (name: string): void => copyFileSync(join(examples, name), join(folder, name));
    readdirSync(examples)
      .filter((name) => name.endsWith('.csv'))
      .forEach(lay);
    await schedules().look();
    await schedules().look();
    expect(await ended({ sourceId: id })).toMatchObject({
      state: 'succeeded',
      startedBy: 'arrival',
      counts: { loaded: { Patient: 4, Observation: 7, Appointment: 1 }, quarantined: 0, files: 12 },
      findings: [],
    });
    expect(await patients('billing')).toHaveLength(4);

    lay('visits.csv');
    writeFileSync(join(folder, 'patients.csv'), 'PAT_ID,LAST_NAME\n1001,Example\n');
    const jobId = await ask(id);
    expect(await ended({ jobId })).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringMatching(/nothing was applied: the header lacks the columns/) as unknown,
    });
    expect(await patients('billing')).toHaveLength(4);
    // Both files, each with its reason.
    expect(readdirSync(join(folder, 'refused'))).toHaveLength(4);
  });

  it('of a database load its resources', async () => {
    const { host, port, user, password, database } = connectionOptions(store.url);
    await store.dataSource.query(`create schema emr; create table emr.resource as
      select jsonb_build_object('resourceType', 'Patient', 'id', 'p' || n) as resource, now() as changed_at
      from generate_series(1, 3) as n`);
    const { id } = await add({
      kind: 'sql',
      host,
      port: Number(port),
      database: database ?? '',
      user: user ?? '',
      tls: 'off',
      authority: null,
      relation: { table: 'emr.resource' },
      resourceColumn: 'resource',
      changedColumn: 'changed_at',
      deletedColumn: null,
      removesMissing: false,
      overlapMinutes: 10,
    });
    await keepPassword(store, id, password ?? 'not asked for');
    expect(await ended({ jobId: await ask(id) })).toMatchObject({
      state: 'succeeded',
      counts: { loaded: { Patient: 3 } },
    });
    expect((await sources().findOneByOrFail({ id })).watermark).not.toBeNull();
    expect(await ended({ jobId: await ask(id) })).toMatchObject({ counts: { loaded: {}, unchanged: 3 } });
  });

  it('of a database take away more than is usual when whoever asks allows it', async () => {
    const { host, port, user, password, database } = connectionOptions(store.url);
    await store.dataSource.query(`create schema shrinking; create table shrinking.resource as
      select jsonb_build_object('resourceType', 'Patient', 'id', 's' || n) as resource
      from generate_series(1, 40) as n`);
    const { id } = await add(
      {
        kind: 'sql',
        host,
        port: Number(port),
        database: database ?? '',
        user: user ?? '',
        tls: 'off',
        authority: null,
        relation: { table: 'shrinking.resource' },
        resourceColumn: 'resource',
        changedColumn: null,
        deletedColumn: null,
        removesMissing: true,
        overlapMinutes: 10,
      },
      { name: 'registry' },
    );
    await keepPassword(store, id, password ?? 'not asked for');
    expect(await ended({ jobId: await ask(id) })).toMatchObject({ counts: { loaded: { Patient: 40 } } });
    await store.dataSource.query(
      `delete from shrinking.resource where resource ->> 'id' in (select 's' || n from generate_series(1, 20) as n)`,
    );
    expect(await ended({ jobId: await ask(id) })).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/20 of the 40/) as unknown,
    });
    expect(await ended({ jobId: await ask(id, { allowsLoss: true }) })).toMatchObject({
      state: 'succeeded',
      counts: { deleted: 20 },
    });
  });

  it('that are interrupted go on with the next worker, as the same run and the same job of the server', async () => {
    ehr.behaviour.looks = 1_000_000;
    const { id } = await add(ehr.configuration);
    const jobId = await ask(id);
    for (let tries = 0; tries < 200 && ehr.count('GET /status') === 0; tries++) await sleep(50);
    await worker.close();
    expect(await runs().findOneByOrFail({ jobId })).toMatchObject({ state: 'queued' });
    expect(ehr.count('DELETE')).toBe(0);
    ehr.behaviour.looks = 0;
    await startWorker();
    expect(await ended({ jobId })).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(ehr.count('GET /fhir/$export')).toBe(1);
  });

  it('that a server refuses have failed, with its words on the run', async () => {
    ehr.behaviour.kickOffStatus = 400;
    const { id } = await add(ehr.configuration);
    const jobId = await ask(id);
    expect(await ended({ jobId })).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: 'the kick-off was refused with status 400',
    });
    for (let tries = 0; tries < 50 && (await (await queue().getJob(jobId))!.getState()) !== 'failed'; tries++)
      await sleep(100);
    expect(await (await queue().getJob(jobId))!.getState()).toBe('failed');
  });

  it('that somebody cancels are given back to the server', async () => {
    ehr.behaviour.looks = 1_000_000;
    const { id } = await add(ehr.configuration);
    const jobId = await ask(id);
    for (let tries = 0; tries < 200 && ehr.count('GET /status') === 0; tries++) await sleep(50);
    await runs().update({ jobId }, { cancelRequestedAt: new Date() });
    expect(await ended({ jobId })).toMatchObject({ state: 'cancelled' });
    expect(ehr.count('DELETE /status')).toBe(1);
    expect(await (await queue().getJob(jobId))!.getState()).not.toBe('delayed');
  });
});
