import { Diagnostic, failureText, isFinal } from '@catchment/platform';
import { holdExclusively, Source, SourceRun, type ExclusiveHold } from '@catchment/store';
import { isPassing } from '../bulk/bulk-client';
import { asksForOthers } from '../definition/bulk-request';
import { DatabaseUnreachable } from '../sql/sql-failure';
import { findingsOfFailure } from './findings';
import { hasEnded, ProgressNotes, RunRecord, type RunRequest } from './run-record';
import { abandonPull, pullSource, type PullOutcome, type SourceSurroundings } from './pull-source';

export interface RunOptions {
  /** No further attempt follows when this one fails. */
  lastAttempt: boolean;
  /** Is a run that is interrupted, because its process is told to end, brought again? */
  comesAgain: boolean;
  /** Further failures that may pass by themselves, for example a warehouse that somebody else has open. */
  mayPass?: (error: unknown) => boolean;
  /**
   * Called when a complete pull changed something, before the run ends.
   * @returns the evaluation run that was asked for
   */
  onChange?: (source: Source) => Promise<string | null>;
}

const day = 24 * 3600_000;
/** So long a further attempt waits for the one before it to be given up. */
const resumePatience = 30_000;
/** How often the record is asked whether somebody cancelled. */
const cancelLook = 1_000;

/**
 * One run of a source, from the request to the record of what became of it: at most one at a time per source, in whatever
 * process. Called again for a run that has ended it does nothing; for one that was interrupted it goes on.
 * @returns the run; undefined when the source is gone
 * @throws whatever went wrong, after it was written to the record
 */
export async function runSource(
  request: RunRequest,
  surroundings: SourceSurroundings,
  options: RunOptions,
): Promise<SourceRun | undefined> {
  const { store, pacing } = surroundings;
  const source = await store.dataSource.getRepository(Source).findOneBy({ id: request.sourceId });
  if (!source) return undefined;
  const known = await store.dataSource.getRepository(SourceRun).findOneBy({ jobId: request.jobId });
  if (known && hasEnded(known.state)) return known;
  // An earlier attempt whose process was killed has the source until its connection is given up.
  const resumed = known !== null && known.attempts > 0;
  const hold = await holdSource(store.url, source.id, resumed ? resumePatience : 0);
  if (!hold && resumed) throw new Diagnostic('an earlier attempt of the run still has the source');
  try {
    const record = await RunRecord.of(store.dataSource, pacing.clock, request);
    if (hasEnded(record.run.state)) return record.run;
    const reason = !hold
      ? 'another run of this source was still under way'
      : !source.enabled && request.startedBy === 'schedule'
        ? 'the source is switched off'
        : undefined;
    if (!hold || reason !== undefined) {
      await record.end('skipped', { error: reason });
      return record.run;
    }
    await record.begin(sinceOf(source, pacing.clock.now()));
    await attempt(source, record, hold, surroundings, options);
    return record.run;
  } finally {
    await hold?.release();
  }
}

/** What a source is asked for: the changes since the last complete pull, or everything where that is due. */
export function sinceOf(
  { watermark, fullEveryDays, lastFullAt }: Pick<Source, 'watermark' | 'fullEveryDays' | 'lastFullAt'>,
  now: Date,
): string | null {
  if (watermark === null || fullEveryDays === null) return watermark;
  const due = (lastFullAt?.getTime() ?? 0) + fullEveryDays * day;
  return now.getTime() >= due ? null : watermark;
}

/** The role of pulling a source; undefined when another process has it. */
async function holdSource(url: string, sourceId: string, patience = 0): Promise<ExclusiveHold | undefined> {
  try {
    return await holdExclusively(url, `source ${sourceId}`, patience);
  } catch (error) {
    if (error instanceof Diagnostic) return undefined;
    throw error;
  }
}

/**
 * Ends the records of runs that nobody works at any more: their process ended and no job brings them again.
 * @param isAlive does a job of this id still come?
 */
export async function settleLost(
  store: SourceSurroundings['store'],
  isAlive: (jobId: string) => Promise<boolean>,
  now: Date,
): Promise<void> {
  const runs = store.dataSource.getRepository(SourceRun);
  for (const run of await runs.find({ where: [{ state: 'running' }, { state: 'queued' }] })) {
    if (await isAlive(run.jobId)) continue;
    const hold = await holdSource(store.url, run.sourceId);
    if (!hold) continue;
    await runs.update(
      { id: run.id, state: run.state },
      { state: 'failed', endedAt: now, progress: null, error: 'the process ended before the run did' },
    );
    await hold.release();
  }
}

async function attempt(
  source: Source,
  record: RunRecord,
  hold: ExclusiveHold,
  surroundings: SourceSurroundings,
  options: RunOptions,
): Promise<void> {
  const cancelled = new AbortController();
  const lost = new AbortController();
  void hold.lost.then(() => lost.abort());
  const signals = [surroundings.signal, cancelled.signal, lost.signal].filter(
    (signal) => signal !== undefined,
  );
  const look = setInterval(() => {
    record.isCancelled().then(
      (wanted) => wanted && cancelled.abort(),
      () => undefined,
    );
  }, cancelLook);
  const notes = new ProgressNotes(record, surroundings.pacing.clock);
  const onProgress: SourceSurroundings['onProgress'] = (progress) => {
    notes.add(progress);
    surroundings.onProgress?.(progress);
  };
  try {
    if (await record.isCancelled()) cancelled.abort();
    const signal = AbortSignal.any(signals);
    signal.throwIfAborted();
    const outcome = await pullSource(source, record.run.since, { ...surroundings, signal, onProgress });
    await notes.close();
    await finish(source, record, outcome, surroundings, options);
  } catch (error) {
    await notes.close();
    if (cancelled.signal.aborted) {
      await abandonPull(source, surroundings);
      await record.end('cancelled', {});
      return;
    }
    const stopped = surroundings.signal?.aborted === true || lost.signal.aborted;
    const again =
      !isFinal(error) ||
      isPassing(error) ||
      error instanceof DatabaseUnreachable ||
      options.mayPass?.(error) === true;
    const reason = stopped ? 'the run was interrupted' : failureText(error);
    if (stopped ? options.comesAgain : again && !options.lastAttempt)
      await record.wait(`${reason}; it goes on soon`);
    else await record.end('failed', { error: reason, findings: findingsOfFailure(error) });
    throw error;
  } finally {
    clearInterval(look);
  }
}

/** The watermark moves together with the record, and only when nothing is missing. */
async function finish(
  source: Source,
  record: RunRecord,
  outcome: PullOutcome,
  { store }: SourceSurroundings,
  { onChange }: RunOptions,
): Promise<void> {
  const { complete, counts, findings, transactionTime, watermark } = outcome;
  const { attempts, since, startedAt } = record.run;
  const changed = Object.values(counts.loaded).reduce((sum, count) => sum + count, counts.deleted) > 0;
  // What an earlier attempt had loaded before its process ended is met as unchanged.
  const resumed = attempts > 1 && counts.unchanged > 0;
  const evaluationRunId =
    complete && source.evaluateAfter && (changed || resumed) ? ((await onChange?.(source)) ?? null) : null;
  if (complete && watermark !== null) {
    await moveWatermark(store, source, { watermark, ...(since === null && { lastFullAt: startedAt }) });
  }
  await record.end(complete ? 'succeeded' : 'incomplete', {
    counts,
    findings,
    transactionTime,
    evaluationRunId,
    error: null,
  });
}

/** Unless somebody changed meanwhile what is asked for: then everything has to be asked for anew. */
async function moveWatermark(
  { dataSource }: SourceSurroundings['store'],
  source: Source,
  change: Partial<Pick<Source, 'watermark' | 'lastFullAt'>>,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const now = await manager.findOne(Source, {
      where: { id: source.id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!now || asksForOthers(source.configuration, now.configuration)) return;
    await manager.update(Source, source.id, change);
  });
}
