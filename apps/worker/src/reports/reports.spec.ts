import { getQueueToken } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { pino } from 'pino';
import { outboxFolder } from '@catchment/reports';
import {
  Delivery,
  QueuesModule,
  ReportDefinition,
  StoreModule,
  openStore,
  reportQueue,
  type ReportJob,
} from '@catchment/store';
import { martsFolder } from '@catchment/warehouse';
import { writeMartsFixture } from '../../../../libs/reports/src/marts.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { SettingsModule } from '../settings.module';
import { ReportSchedulesService } from './report-schedules.service';
import { ReportsModule } from './reports.module';

const backends: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (process.env.REDIS_URL) backends.push(['Redis', process.env.REDIS_URL]);

describe.each(backends)('scheduled reports with queues on %s', (_name, redisUrl) => {
  let store: TemporaryStore;
  let worker: INestApplicationContext | undefined;

  beforeAll(async () => {
    store = await openTemporaryStore();
    mkdirSync(martsFolder(store.settings.dataDir), { recursive: true });
    await writeMartsFixture(join(martsFolder(store.settings.dataDir), 'run-1.duckdb'));
    publish('run-1');
    await startWorker();
  });

  afterAll(async () => {
    await queue().obliterate({ force: true });
    await worker?.close();
    await store.close();
  });

  function publish(runId: string): void {
    const pointer = JSON.stringify({ runId, file: `${runId}.duckdb` });
    writeFileSync(join(martsFolder(store.settings.dataDir), 'current.json'), pointer);
  }

  /** A data source of its own: Nest closes the one that it is given. */
  async function startWorker(): Promise<void> {
    const own = await openStore({ ...store.settings, databaseUrl: store.url });
    @Module({
      imports: [
        SettingsModule.forRoot(store.settings, pino({ level: 'silent' })),
        StoreModule.forRoot(own),
        QueuesModule.forRoot({ redisUrl }, store.url),
        ReportsModule,
      ],
    })
    class Worker {}
    worker = await NestFactory.createApplicationContext(Worker, { logger: false, abortOnError: false });
  }

  function queue(): Queue<ReportJob> {
    return worker!.get<Queue<ReportJob>>(getQueueToken(reportQueue), { strict: false });
  }

  const definitions = () => store.dataSource.getRepository(ReportDefinition);
  const deliveries = () => store.dataSource.getRepository(Delivery);

  async function settled(jobId: string, status: Delivery['status']): Promise<Delivery | null> {
    let delivery: Delivery | null = null;
    for (let tries = 0; tries < 200; tries++) {
      delivery = await deliveries().findOneBy({ jobId });
      if (delivery?.status === status) break;
      await sleep(100);
    }
    return delivery;
  }

  it('begin with the weekly scorecard, and a scheduler for Monday 06:00 in New York', async () => {
    expect(await definitions().find()).toMatchObject([{ name: 'Weekly scorecard', createdBy: 'system' }]);
    const [scheduler, ...others] = await queue().getJobSchedulers(0, -1);
    expect(others).toEqual([]);
    expect(scheduler).toMatchObject({ pattern: '0 6 * * 1', tz: 'America/New_York' });
    const local = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      weekday: 'long',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    expect(local.format(new Date(scheduler?.next ?? 0))).toBe('Monday, 06');
  });

  it('are written to the outbox as PDF and workbook, with a delivery that names the run', async () => {
    const { id } = await definitions().findOneByOrFail({});
    const job = await queue().add('deliver', { definitionId: id });
    const delivery = await settled(job.id!, 'delivered');
    expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, error: null });
    // The run of the fixture's `publication` row.
    expect(delivery?.runId).toBe('20261120T050000Z-abc123');
    const kinds = delivery?.files.map((file) =>
      readFileSync(join(outboxFolder(store.settings.dataDir), file))
        .subarray(0, 4)
        .toString('latin1'),
    );
    expect(kinds).toEqual(['%PDF', 'PK\x03\x04']);
  });

  it('are tried again after a failure, which the delivery shows until then', async () => {
    const { id } = await definitions().findOneByOrFail({});
    const pointer = join(martsFolder(store.settings.dataDir), 'current.json');
    rmSync(pointer);
    const job = await queue().add(
      'deliver',
      { definitionId: id },
      { attempts: 3, backoff: { type: 'fixed', delay: 1_500 } },
    );
    for (let tries = 0; tries < 100 && !(await deliveries().findOneBy({ jobId: job.id! }))?.error; tries++) {
      await sleep(50);
    }
    expect(await deliveries().findOneBy({ jobId: job.id! })).toMatchObject({
      status: 'pending',
      attempts: 1,
      error: expect.stringContaining('nothing is published yet') as string,
    });
    publish('run-1');
    expect(await settled(job.id!, 'delivered')).toMatchObject({
      status: 'delivered',
      attempts: 2,
      error: null,
    });
  });

  it('have failed, visibly, after the last attempt', async () => {
    const { id } = await definitions().save({
      ...(await definitions().findOneByOrFail({})),
      id: undefined,
      name: 'Mail',
      recipients: ['someone@example.org'],
    });
    const job = await queue().add('deliver', { definitionId: id }, { attempts: 2, backoff: 50 });
    const delivery = await settled(job.id!, 'failed');
    expect(delivery).toMatchObject({ status: 'failed', attempts: 2, files: [] });
    expect(delivery?.error).toContain('not supported: delivery to recipients');
    expect(delivery?.finishedAt).not.toBeNull();
    await definitions().delete({ id });
  });

  it('follow their definitions: changed, switched off, flawed, deleted', async () => {
    const schedules = worker!.get(ReportSchedulesService, { strict: false });
    const weekly = { ...(await definitions().findOneByOrFail({})), id: undefined };
    const daily = await definitions().save(
      definitions().create({ ...weekly, name: 'Daily', cron: '30 7 * * *', timeZone: 'UTC' }),
    );
    const patterns = async () => {
      await schedules.synchronise();
      return (await queue().getJobSchedulers(0, -1)).map(({ pattern, tz }) => `${pattern} ${tz}`).sort();
    };
    const monday = '0 6 * * 1 America/New_York';
    expect(await patterns()).toEqual([monday, '30 7 * * * UTC']);
    await definitions().update(daily.id, { timeZone: 'Asia/Tokyo' });
    expect(await patterns()).toEqual([monday, '30 7 * * * Asia/Tokyo']);
    await definitions().update(daily.id, { active: false });
    expect(await patterns()).toEqual([monday]);
    await definitions().update(daily.id, { active: true, cron: 'now and then' });
    expect(await patterns()).toEqual([monday]);
    await definitions().update(daily.id, { cron: '30 7 * * *' });
    expect(await patterns()).toHaveLength(2);
    await definitions().delete(daily.id);
    expect(await patterns()).toEqual([monday]);
  });

  it('that came due while no worker ran are made at the next start, once', async () => {
    const weekly = await definitions().findOneByOrFail({});
    const [waiting] = await queue().getDelayed();
    expect(waiting?.data.definitionId).toBe(weekly.id);
    // Monday 06:00 comes while the worker is down.
    const jobId = waiting!.id!;
    await worker!.close();
    await bringForward(jobId, redisUrl);
    await startWorker();
    const delivery = await settled(jobId, 'delivered');
    expect(delivery).toMatchObject({ status: 'delivered', attempts: 1 });
    const next = (await queue().getDelayed()).filter((job) => job.data.definitionId === weekly.id);
    expect(next.map((job) => job.id)).not.toContain(jobId);
    expect(next).toHaveLength(1);
  });

  /** Makes a delayed job due, with a queue that no worker listens to. */
  async function bringForward(jobId: string, redis: string | undefined): Promise<void> {
    @Module({ imports: [QueuesModule.forRoot({ redisUrl: redis }, store.url)] })
    class Bare {}
    const bare = await NestFactory.createApplicationContext(Bare, { logger: false, abortOnError: false });
    const job = await bare.get<Queue<ReportJob>>(getQueueToken(reportQueue), { strict: false }).getJob(jobId);
    await job!.changeDelay(1);
    await sleep(50);
    await bare.close();
  }
});
