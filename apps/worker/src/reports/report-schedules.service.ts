import { InjectQueue } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import type { Logger } from '@catchment/platform';
import { checkSpecification, weeklyScorecard } from '@catchment/reports';
import { ReportDefinition, reportQueue, type ReportJob } from '@catchment/store';
import type { Repository } from 'typeorm';
import { failureText } from '../failure-text';
import { LOGGER } from '../settings.module';

/** How soon a changed definition is taken up. */
const lookEvery = 60_000;

/** Five attempts within eight minutes: after 30 s, 1, 2 and 4 minutes. */
const attempts = { attempts: 5, backoff: { type: 'exponential', delay: 30_000 } };

/** Keeps one job scheduler in the queue per active report definition. */
@Injectable()
export class ReportSchedulesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectQueue(reportQueue) private readonly queue: Queue<ReportJob>,
    @InjectRepository(ReportDefinition) private readonly definitions: Repository<ReportDefinition>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.seed();
    await this.synchronise();
    this.timer = setInterval(() => {
      this.synchronise().catch((error: unknown) => {
        this.logger.warn({ error: failureText(error) }, 'report schedules could not be read');
      });
    }, lookEvery);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The weekly scorecard, in a database that has no report at all: who deletes it has deleted it. */
  async seed(): Promise<void> {
    await this.definitions.manager.transaction(async (manager) => {
      await manager.query('lock table catchment.report_definition in share row exclusive mode');
      if ((await manager.count(ReportDefinition)) > 0) return;
      await manager.insert(ReportDefinition, { ...weeklyScorecard, createdBy: 'system' });
    });
  }

  /**
   * Brings the schedulers in line with the definitions. A scheduler that is right already is left alone: setting it
   * anew would drop a report that came due while no worker ran.
   */
  async synchronise(): Promise<void> {
    const wanted = await this.definitions.findBy({ active: true });
    const present = new Map((await this.queue.getJobSchedulers(0, -1)).map((known) => [known.key, known]));
    for (const definition of wanted) {
      const flaw = flawOf(definition);
      if (flaw) {
        // One bad definition does not keep the others from being delivered.
        this.logger.error({ definitionId: definition.id, error: flaw }, 'report can not be scheduled');
        continue;
      }
      const known = present.get(definition.id);
      present.delete(definition.id);
      if (known?.pattern === definition.cron && known.tz === definition.timeZone) continue;
      await this.queue.upsertJobScheduler(
        definition.id,
        { pattern: definition.cron, tz: definition.timeZone },
        { name: 'deliver', data: { definitionId: definition.id }, opts: attempts },
      );
    }
    for (const gone of present.keys()) await this.queue.removeJobScheduler(gone);
  }
}

function flawOf(definition: ReportDefinition): string | undefined {
  try {
    checkSpecification(definition);
    return undefined;
  } catch (error) {
    return failureText(error);
  }
}
