import { InjectQueue } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Queue } from 'bullmq';
import { failureText, newId, type Clock, type Logger, type Settings } from '@catchment/platform';
import {
  checkSource,
  dropFolder,
  fingerprint,
  prepareDropFolder,
  pullAttempts,
  settleLost,
} from '@catchment/sources';
import { Source, SourceRun, sourceQueue, type SourceJob, type Store } from '@catchment/store';
import { CLOCK, LOGGER, SETTINGS } from '../settings.module';
import { STORE } from './store-token';

/** How soon a changed source is taken up, and how often folders are looked into. */
const lookEvery = 30_000;

/**
 * Keeps one job scheduler in the queue per source with a schedule, asks for a run when files arrived in a folder, and
 * ends the records of runs whose process is gone.
 */
@Injectable()
export class SourceSchedulesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  /** What lay in a folder at the last look, and when a run was last asked for. */
  private readonly seen = new Map<string, { now: string; asked?: string }>();

  constructor(
    @InjectQueue(sourceQueue) private readonly queue: Queue<SourceJob>,
    @Inject(STORE) private readonly store: Store,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() =>
        this.look().catch((error: unknown) => {
          this.logger.warn({ error: failureText(error) }, 'sources could not be read');
        }),
      );
    }, lookEvery);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Everything that is looked after, once. */
  async look(): Promise<void> {
    const sources = await this.store.dataSource.getRepository(Source).findBy({ enabled: true });
    await this.synchronise(sources.filter((source) => this.isSound(source)));
    await settleLost(this.store, (jobId) => this.comesAgain(jobId), this.clock.now());
    for (const source of sources) await this.watch(source);
  }

  /** A scheduler that is right already is left alone: set anew, it would drop what came due while no worker ran. */
  private async synchronise(sources: readonly Source[]): Promise<void> {
    const present = new Map((await this.queue.getJobSchedulers(0, -1)).map((known) => [known.key, known]));
    for (const { id, cron, timeZone } of sources) {
      if (cron === null || timeZone === null) continue;
      const known = present.get(id);
      present.delete(id);
      if (known?.pattern === cron && known.tz === timeZone) continue;
      await this.queue.upsertJobScheduler(
        id,
        { pattern: cron, tz: timeZone },
        { name: 'pull', data: { sourceId: id, startedBy: 'schedule' }, opts: pullAttempts },
      );
    }
    for (const gone of present.keys()) await this.queue.removeJobScheduler(gone);
  }

  /** One bad source, of an earlier version say, does not keep the others from being pulled. */
  private isSound(source: Source): boolean {
    try {
      checkSource(source, this.settings);
      return true;
    } catch (error) {
      this.logger.error({ sourceId: source.id, error: failureText(error) }, 'source can not be scheduled');
      return false;
    }
  }

  /** Files that lie as they lay at the last look have arrived; for the same ones a run is asked for once. */
  private async watch({ id, name, configuration }: Source): Promise<void> {
    if (configuration.kind !== 'folder' && configuration.kind !== 'csv') return;
    const before = this.seen.get(id);
    let now: string;
    try {
      const folder = dropFolder(this.settings.dataDir, name, configuration);
      prepareDropFolder(folder, configuration, this.settings);
      now = fingerprint(folder);
    } catch (error) {
      this.logger.warn({ sourceId: id, error: failureText(error) }, 'folder can not be watched');
      return;
    }
    const arrived = now !== '' && now === before?.now && now !== before.asked;
    const asked = arrived && (await this.ask(id)) ? now : before?.asked;
    this.seen.set(id, { now, asked });
  }

  private async ask(sourceId: string): Promise<boolean> {
    const under = [
      { sourceId, state: 'running' as const },
      { sourceId, state: 'queued' as const },
    ];
    if (await this.store.dataSource.getRepository(SourceRun).existsBy(under)) return false;
    await this.queue.add('pull', { sourceId, startedBy: 'arrival' }, { ...pullAttempts, jobId: newId() });
    return true;
  }

  private async comesAgain(jobId: string): Promise<boolean> {
    const job = await this.queue.getJob(jobId);
    if (!job) return false;
    return !['completed', 'failed', 'unknown'].includes(await job.getState());
  }
}
