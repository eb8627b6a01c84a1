import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import { newRunId, type Clock } from '@catchment/platform';
import { evaluationQueue, EvaluationRunRecord, type EvaluationJob } from '@catchment/store';
import type { Repository } from 'typeorm';
import { CLOCK } from '../settings.module';

/** Who asks, as the record of the run says. */
const startedBy = 'new data';

/** Asks for an evaluation run after a pull that changed something. */
@Injectable()
export class NewDataService {
  constructor(
    @InjectQueue(evaluationQueue) private readonly queue: Queue<EvaluationJob>,
    @InjectRepository(EvaluationRunRecord) private readonly records: Repository<EvaluationRunRecord>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One run over the period of the published numbers, or over this calendar year while there are none. Several sources
   * that change one after another are one run: the one that waits already will see their data, too.
   * @returns the run's id
   */
  async askForEvaluation(sourceName: string): Promise<string> {
    const waiting = await this.queue.getJobs(['waiting', 'prioritized']);
    const known = waiting.find(({ data }) => data.startedBy === startedBy)?.data.runId;
    if (known) return known;
    const runId = newRunId(this.clock);
    const job = {
      runId,
      measureIds: 'all' as const,
      ...(await this.period()),
      startedBy,
      reason: `new data of ${sourceName}`,
    };
    await this.queue.add('evaluate', job, { jobId: runId });
    return runId;
  }

  private async period(): Promise<Pick<EvaluationJob, 'periodStart' | 'periodEnd'>> {
    const published = await this.records.findOneBy({ published: true });
    if (published) return { periodStart: published.periodStart, periodEnd: published.periodEnd };
    const year = this.clock.now().getUTCFullYear();
    return { periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` };
  }
}
