import { InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Queue } from 'bullmq';
import { openTemporaryStore, type TemporaryStore } from '../../testing/temporary-store';
import { QueuesModule } from './queues.module';
import { reportQueue, type ReportJob } from './queue-names';

const seen: string[] = [];

@Processor(reportQueue)
class RecordingProcessor extends WorkerHost {
  override async process(job: Job<ReportJob>): Promise<void> {
    if (job.data.definitionId.endsWith('fails-first') && job.attemptsMade === 0) throw new Error('not yet');
    seen.push(`${job.name}:${job.data.definitionId}`);
  }
}

@Injectable()
class Enqueuing {
  constructor(@InjectQueue(reportQueue) readonly queue: Queue<ReportJob>) {}
}

async function start(store: TemporaryStore, redisUrl: string | undefined): Promise<INestApplicationContext> {
  @Module({
    imports: [QueuesModule.forRoot({ redisUrl }, store.url)],
    providers: [RecordingProcessor, Enqueuing],
  })
  class Application {}
  return NestFactory.createApplicationContext(Application, { logger: false, abortOnError: false });
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 200; tries++) await sleep(50);
}

const backends: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (process.env.REDIS_URL) backends.push(['Redis', process.env.REDIS_URL]);

describe.each(backends)('queues on %s', (_name, redisUrl) => {
  let store: TemporaryStore;
  let application: INestApplicationContext;
  let queue: Queue<ReportJob>;

  beforeAll(async () => {
    store = await openTemporaryStore();
    application = await start(store, redisUrl);
    queue = application.get(Enqueuing).queue;
  });

  afterAll(async () => {
    await application.close();
    await store.close();
  });

  it('bring a job from who enqueues it to the processor', async () => {
    const id = randomUUID();
    await queue.add('deliver', { definitionId: id });
    await until(() => seen.includes(`deliver:${id}`));
    expect(seen).toContain(`deliver:${id}`);
  });

  it('try a failed job again', async () => {
    const id = `${randomUUID()}-fails-first`;
    await queue.add('deliver', { definitionId: id }, { backoff: { type: 'fixed', delay: 100 } });
    await until(() => seen.includes(`deliver:${id}`));
    expect(seen.filter((entry) => entry === `deliver:${id}`)).toHaveLength(1);
  });

  it('run a job scheduler by cron pattern in a time zone, once however often it is set', async () => {
    const name = `weekly-${randomUUID()}`;
    const schedule = { pattern: '0 6 * * 1', tz: 'America/New_York' };
    await queue.upsertJobScheduler(name, schedule, { name: 'deliver', data: { definitionId: name } });
    await queue.upsertJobScheduler(name, schedule, { name: 'deliver', data: { definitionId: name } });
    const scheduled = (await queue.getJobSchedulers()).filter(({ key }) => key === name);
    expect(scheduled).toHaveLength(1);
    const next = new Date(scheduled[0]?.next ?? 0);
    const local = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      weekday: 'long',
      hour: 'numeric',
      hourCycle: 'h23',
    }).format(next);
    expect(local).toBe('Monday, 06');
    await queue.removeJobScheduler(name);
  });
});
