import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import { isUUID } from 'class-validator';
import type { Repository } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, newId, type Clock } from '@catchment/platform';
import { hasEnded, lossIsForDatabases, pullAttempts, takesAway } from '@catchment/sources';
import { SourceRun, sourceQueue, type SourceJob } from '@catchment/store';
import type { SourcePullRequest, SourceRun as RunAnswer } from '../clinical/contract';
import { CLOCK } from '../settings.module';
import { runOf } from './source-shape';
import { SourcesService } from './sources.service';

const mostRuns = 100;

/** Runs of sources: what became of them, asking for one, cancelling one. */
@Injectable()
export class SourceRunsService {
  constructor(
    private readonly sources: SourcesService,
    @InjectRepository(SourceRun) private readonly runs: Repository<SourceRun>,
    @InjectQueue(sourceQueue) private readonly queue: Queue<SourceJob>,
    private readonly audit: AuditTrailService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The hundred newest. @throws NotFoundException when there is no such source */
  async list(sourceId: string): Promise<RunAnswer[]> {
    const source = await this.sources.find(sourceId);
    const runs = await this.runs.find({
      where: { sourceId },
      order: { queuedAt: 'DESC', id: 'DESC' },
      take: mostRuns,
    });
    return runs.map((run) => runOf(source, run));
  }

  /** @throws NotFoundException when the source has no such run */
  async read(sourceId: string, runId: string): Promise<RunAnswer> {
    return runOf(await this.sources.find(sourceId), await this.find(sourceId, runId));
  }

  /**
   * Asks the worker for a run.
   * @throws Diagnostic when one is under way, or a loss is allowed to a source that takes nothing away
   */
  async start(by: Principal, sourceId: string, { allowsLoss }: SourcePullRequest): Promise<RunAnswer> {
    const source = await this.sources.find(sourceId);
    if (allowsLoss && !takesAway(source.configuration)) throw new Diagnostic(lossIsForDatabases);
    await this.sources.requireIdle(sourceId);
    const jobId = newId();
    const startedBy = by.email;
    const job = { sourceId, startedBy, ...(allowsLoss && { allowsLoss }) };
    const { timestamp } = await this.queue.add('pull', job, { ...pullAttempts, jobId });
    // The worker may have begun it, and its record, meanwhile.
    await this.runs
      .createQueryBuilder()
      .insert()
      .values({ sourceId, jobId, startedBy, queuedAt: new Date(timestamp) })
      .orIgnore()
      .execute();
    const run = await this.runs.findOneByOrFail({ jobId });
    await this.record(by, 'start-pull', sourceId, { runId: run.id, ...(allowsLoss && { allowsLoss }) });
    return runOf(source, run);
  }

  /**
   * Notes the wish; the worker sees it within a second or two, and gives the job back to the server.
   * @throws Diagnostic when the run has ended
   */
  async cancel(by: Principal, sourceId: string, runId: string): Promise<RunAnswer> {
    const source = await this.sources.find(sourceId);
    const run = await this.find(sourceId, runId);
    if (hasEnded(run.state)) throw new Diagnostic('the run has ended already');
    await this.runs.update(runId, { cancelRequestedAt: this.clock.now() });
    const job = await this.queue.getJob(run.jobId);
    // What waits for its next attempt is not waited for.
    if (job && (await job.isDelayed())) await job.promote();
    await this.record(by, 'cancel-pull', sourceId, { runId });
    return runOf(source, await this.find(sourceId, runId));
  }

  private async find(sourceId: string, runId: string): Promise<SourceRun> {
    const run = isUUID(runId) ? await this.runs.findOneBy({ id: runId, sourceId }) : null;
    if (!run) throw new NotFoundException('there is no such run of the source');
    return run;
  }

  private record(by: Principal, action: string, objectId: string, detail: Record<string, unknown>) {
    return this.audit.record({ actor: by.email, action, objectType: 'Source', objectId, detail });
  }
}
