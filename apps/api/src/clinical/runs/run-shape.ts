import type { EvaluationJob, EvaluationRunRecord } from '@catchment/store';
import type { Run } from '../contract';

/** A run that waits in the queue. */
export interface QueuedRun extends EvaluationJob {
  runId: string;
  /** When it was asked for, in epoch milliseconds. */
  askedAt: number;
}

export function queuedRun({ runId, askedAt, reason, startedBy, periodStart, periodEnd }: QueuedRun): Run {
  return {
    runId,
    state: 'queued',
    reason,
    startedBy,
    startedAt: new Date(askedAt).toISOString(),
    finishedAt: null,
    durationMs: null,
    periodStart,
    periodEnd,
    dataAsOf: null,
    engineVersion: null,
    contentHash: null,
    patients: null,
    // Their versions are known when the run begins.
    measures: [],
    message: null,
    published: false,
  };
}

/** @param published the run whose numbers are shown now */
export function recordedRun(record: EvaluationRunRecord, published: string | undefined): Run {
  const { dataAsOf, patients } = record.dataSnapshot;
  return {
    runId: record.id,
    state: record.state,
    reason: record.reason,
    startedBy: record.startedBy,
    startedAt: record.startedAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    durationMs: record.durationMs,
    periodStart: record.periodStart,
    periodEnd: record.periodEnd,
    dataAsOf: typeof dataAsOf === 'string' ? dataAsOf : null,
    engineVersion: record.engineVersion,
    contentHash: record.contentHash,
    patients: typeof patients === 'number' ? patients : null,
    measures: record.measures.map(({ measureId, version }) => ({ measureId, version })),
    message: record.error,
    published: record.id === published,
  };
}
