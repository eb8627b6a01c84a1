import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Not, type Repository } from 'typeorm';
import type { Clock } from '@catchment/platform';
import { EvaluationRunRecord, type EvaluatedMeasure } from '@catchment/store';
import { CLOCK } from '../settings.module';

/** What is known of a run before it begins. */
export interface RunBeginning {
  runId: string;
  periodStart: string;
  periodEnd: string;
  startedBy: string;
  reason: string;
  engineVersion: string;
}

/** What a run found. */
export interface RunFindings {
  measures: EvaluatedMeasure[];
  dataSnapshot: Record<string, unknown>;
  counts: Record<string, unknown>;
  /** Measures that could not be evaluated, for people; null when all were. */
  error: string | null;
}

/** Keeps the record of evaluation runs. */
@Injectable()
export class EvaluationRunsService {
  constructor(
    @InjectRepository(EvaluationRunRecord) private readonly records: Repository<EvaluationRunRecord>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(runId: string): Promise<EvaluationRunRecord | null> {
    return this.records.findOneBy({ id: runId });
  }

  async hasSucceeded(reason: string): Promise<boolean> {
    return this.records.existsBy({ reason, state: 'succeeded' });
  }

  /** A further attempt of a run begins its record anew. */
  async begin(run: RunBeginning): Promise<void> {
    const { runId, ...known } = run;
    await this.records.save({
      id: runId,
      ...known,
      measures: [],
      dataSnapshot: {},
      counts: null,
      startedAt: this.clock.now(),
      finishedAt: null,
      durationMs: null,
      contentHash: null,
      state: 'running',
      published: false,
      error: null,
    });
  }

  /** Before publishing, so that a worker that is killed right after it leaves a whole record. */
  async noteFindings(runId: string, findings: RunFindings): Promise<void> {
    await this.records.save({ id: runId, ...findings });
  }

  /** The run's numbers are the published ones now, and those of no other run. */
  async succeed(runId: string, contentHash: string): Promise<void> {
    await this.records.manager.transaction(async (manager) => {
      await manager.update(EvaluationRunRecord, { id: Not(runId), published: true }, { published: false });
      await manager.update(
        EvaluationRunRecord,
        { id: runId },
        { ...(await this.ended(runId)), contentHash, state: 'succeeded', published: true },
      );
    });
  }

  /** Nothing was published; the numbers of the run before stay. */
  async fail(runId: string, error: string): Promise<void> {
    await this.records.update(runId, { ...(await this.ended(runId)), state: 'failed', error });
  }

  /**
   * Puts right what a killed worker left. Only one worker runs at a time, so at its start no run is under way: what
   * the records call running was interrupted, and the queue brings its job again; unless its numbers are the published
   * ones, then only the last line of its record was missing.
   * @returns the ids of the interrupted runs
   */
  async settleInterrupted(published: { runId: string; contentHash: string } | undefined): Promise<string[]> {
    const running = await this.records.findBy({ state: 'running' });
    const interrupted = running.map(({ id }) => id).filter((id) => id !== published?.runId);
    if (published && interrupted.length < running.length) {
      await this.succeed(published.runId, published.contentHash);
    }
    for (const runId of interrupted) await this.fail(runId, 'the worker ended before the run did');
    return interrupted;
  }

  private async ended(runId: string): Promise<{ finishedAt: Date; durationMs: number }> {
    const { startedAt } = await this.records.findOneByOrFail({ id: runId });
    const finishedAt = this.clock.now();
    return { finishedAt, durationMs: finishedAt.getTime() - startedAt.getTime() };
  }
}
