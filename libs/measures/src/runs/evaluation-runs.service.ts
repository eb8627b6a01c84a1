import { IsNull, Not, type EntityManager, type Repository } from 'typeorm';
import type { Clock } from '@catchment/platform';
import {
  EvaluationRunRecord,
  type DataSnapshot,
  type EvaluatedMeasure,
  type RunDecision,
  type Suspicion,
} from '@catchment/store';

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
  dataSnapshot: DataSnapshot;
  counts: Record<string, unknown>;
  /** Measures that could not be evaluated, for people; null when all were. */
  error: string | null;
}

/** Keeps the record of evaluation runs. */
export class EvaluationRunsService {
  constructor(
    private readonly records: Repository<EvaluationRunRecord>,
    private readonly clock: Clock,
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
      suspicions: [],
      decision: null,
      heldFile: null,
    });
  }

  /** Before publishing, so that a worker that is killed right after it leaves a whole record. */
  async noteFindings(runId: string, findings: RunFindings): Promise<void> {
    await this.records.save({ id: runId, ...findings });
  }

  /** The run's numbers are the published ones now, and those of no other run. */
  async succeed(runId: string, contentHash: string): Promise<void> {
    await this.records.manager.transaction(async (manager) => {
      await this.dismissOthers(manager, runId, 'a later run was published');
      await manager.update(EvaluationRunRecord, { id: Not(runId), published: true }, { published: false });
      await manager.update(
        EvaluationRunRecord,
        { id: runId },
        { ...(await this.ended(runId)), contentHash, state: 'succeeded', published: true, heldFile: null },
      );
    });
  }

  /** The run ended well, and its numbers are not the published ones. */
  async succeedUnpublished(runId: string, why: string): Promise<void> {
    await this.records.update(runId, { ...(await this.ended(runId)), state: 'succeeded', error: why });
  }

  /** The numbers of the run are kept until somebody decides; those of an earlier run no longer wait. */
  async hold(
    runId: string,
    held: { suspicions: Suspicion[]; contentHash: string; file: string },
  ): Promise<void> {
    const { suspicions, contentHash, file } = held;
    await this.records.manager.transaction(async (manager) => {
      await this.dismissOthers(manager, runId, 'a later run waits for a decision');
      await manager.update(
        EvaluationRunRecord,
        { id: runId },
        { ...(await this.ended(runId)), state: 'suspicious', suspicions, contentHash, heldFile: file },
      );
    });
  }

  /**
   * Writes down what somebody decided about a suspicious run. After `publish` the numbers still have to be published
   * (`publishHeldRun`); after `dismiss` they never are.
   * @returns false when nothing is to be decided: the run does not wait, or somebody was faster
   */
  async decide(
    runId: string,
    { action, by, reason }: Omit<RunDecision, 'at'>,
    manager = this.records.manager,
  ): Promise<boolean> {
    const decision = { action, by, at: this.clock.now().toISOString(), reason };
    const { affected } = await manager.update(
      EvaluationRunRecord,
      { id: runId, state: 'suspicious', decision: IsNull() },
      action === 'dismiss' ? { state: 'dismissed', heldFile: null, decision } : { decision },
    );
    return affected === 1;
  }

  /** Suspicious runs that somebody decided to publish, and that are not published yet. */
  async decidedToPublish(): Promise<string[]> {
    const waiting = await this.records.findBy({ state: 'suspicious' });
    return waiting.filter(({ decision }) => decision?.action === 'publish').map(({ id }) => id);
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

  /** At most one run waits for a decision: two could be published in the wrong order. */
  private async dismissOthers(manager: EntityManager, runId: string, reason: string): Promise<void> {
    const at = this.clock.now().toISOString();
    await manager.update(
      EvaluationRunRecord,
      { id: Not(runId), state: 'suspicious' },
      { state: 'dismissed', heldFile: null, decision: { action: 'dismiss', by: 'system', at, reason } },
    );
  }

  private async ended(runId: string): Promise<{ finishedAt: Date; durationMs: number }> {
    const { startedAt, finishedAt: before } = await this.records.findOneByOrFail({ id: runId });
    // A run that was held ended when it was evaluated, not when somebody decided.
    const finishedAt = before ?? this.clock.now();
    return { finishedAt, durationMs: finishedAt.getTime() - startedAt.getTime() };
  }
}
