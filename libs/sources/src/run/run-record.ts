import type { Clock } from '@catchment/platform';
import { SourceRun, type SourceRunProgress, type SourceRunState, type Store } from '@catchment/store';
import type { PullProgress } from '../pull/pull-progress';

/** A pull that somebody or something asked for. */
export interface RunRequest {
  sourceId: string;
  /** All attempts of a job are one run. */
  jobId: string;
  /** Email of who asked, `schedule` or `arrival` of files. */
  startedBy: string;
  queuedAt: Date;
}

/** States that no further attempt changes. */
export function hasEnded(state: SourceRunState): boolean {
  return state !== 'queued' && state !== 'running';
}

type RunChange = Partial<Omit<SourceRun, 'source'>>;

/** The record of one run while it is under way. */
export class RunRecord {
  private constructor(
    private readonly dataSource: Store['dataSource'],
    private readonly clock: Clock,
    readonly run: SourceRun,
  ) {}

  /** The record of a job, made when it is met first. */
  static async of(dataSource: Store['dataSource'], clock: Clock, request: RunRequest): Promise<RunRecord> {
    const runs = dataSource.getRepository(SourceRun);
    await runs.createQueryBuilder().insert().values(request).orIgnore().execute();
    return new RunRecord(dataSource, clock, await runs.findOneByOrFail({ jobId: request.jobId }));
  }

  /** One more attempt. @param since what it asks for, if it is the first one; the others ask for the same */
  async begin(since: string | null): Promise<void> {
    const { attempts, startedAt } = this.run;
    await this.update({
      state: 'running',
      attempts: attempts + 1,
      startedAt: startedAt ?? this.clock.now(),
      since: attempts === 0 ? since : this.run.since,
      error: null,
      progress: null,
    });
  }

  async end(state: SourceRunState, change: RunChange): Promise<void> {
    await this.update({ ...change, state, endedAt: this.clock.now(), progress: null });
  }

  /** A further attempt follows. */
  async wait(error: string): Promise<void> {
    await this.update({ state: 'queued', error, progress: null });
  }

  async isCancelled(): Promise<boolean> {
    const run = await this.dataSource.getRepository(SourceRun).findOneBy({ id: this.run.id });
    return run === null || run.cancelRequestedAt !== null;
  }

  async note(progress: SourceRunProgress): Promise<void> {
    await this.dataSource.getRepository(SourceRun).update(this.run.id, { progress });
  }

  private async update(change: RunChange): Promise<void> {
    Object.assign(this.run, change);
    await this.dataSource.getRepository(SourceRun).update(this.run.id, change);
  }
}

/** Writes progress to the record: a new step at once, numbers once a second. */
export class ProgressNotes {
  private last: { step: string; at: number } | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly record: RunRecord,
    private readonly clock: Clock,
  ) {}

  add({ step, said, files, bytes, totalBytes }: PullProgress): void {
    const at = this.clock.now().getTime();
    if (this.last?.step === step && at - this.last.at < 1_000) return;
    this.last = { step, at };
    const progress = { step, said, filesDone: files?.done, filesTotal: files?.total, bytes, totalBytes };
    // Progress that cannot be written is no reason to end a pull.
    this.writing = this.writing.then(() => this.record.note(progress)).catch(() => undefined);
  }

  /** Nothing is written after it. */
  async close(): Promise<void> {
    await this.writing;
  }
}
