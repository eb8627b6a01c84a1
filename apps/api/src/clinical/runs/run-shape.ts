import type { EvaluationJob, EvaluationRunRecord, Suspicion } from '@catchment/store';
import type { Run, RunSuspicion } from '../contract';

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
    suspicions: [],
    decision: null,
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
    dataAsOf: dataAsOf ?? null,
    engineVersion: record.engineVersion,
    contentHash: record.contentHash,
    patients: patients ?? null,
    measures: record.measures.map(({ measureId, version, keptFrom = null }) => ({
      measureId,
      version,
      keptFrom,
    })),
    message: record.error,
    published: record.id === published,
    suspicions: record.suspicions.map(suspicionShape),
    decision: record.decision,
  };
}

export function suspicionShape(suspicion: Suspicion): RunSuspicion {
  const nothing = {
    type: null,
    countBefore: null,
    countNow: null,
    dataAsOfBefore: null,
    dataAsOfNow: null,
    days: null,
  };
  const { kind } = suspicion;
  switch (kind) {
    case 'fewer-patients':
      return { ...nothing, kind, countBefore: suspicion.before, countNow: suspicion.now };
    case 'fewer-resources': {
      const { type, before, now } = suspicion;
      return { ...nothing, kind, type, countBefore: before, countNow: now };
    }
    case 'older-data':
      return { ...nothing, kind, dataAsOfBefore: suspicion.before, dataAsOfNow: suspicion.now };
    case 'late-data':
      return { ...nothing, kind, dataAsOfNow: suspicion.now, days: suspicion.days };
  }
}
