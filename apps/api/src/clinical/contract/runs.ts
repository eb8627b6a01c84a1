export interface RunMeasure {
  measureId: string;
  version: string;
}

/** GET /api/runs (newest first) and GET /api/runs/:runId */
export interface Run {
  runId: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'suspicious';
  reason: string | null;
  startedBy: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  periodStart: string;
  periodEnd: string;
  dataAsOf: string | null;
  engineVersion: string | null;
  contentHash: string | null;
  patients: number | null;
  measures: RunMeasure[];
  /** Why it failed or was not published. */
  message: string | null;
  /** Are today's numbers those of this run? */
  published: boolean;
}

/** POST /api/runs: asks for an evaluation run; answered with 202 and the `Run` in state `queued`. */
export interface RunRequest {
  /** Default: every measure of the service. The published numbers are then of these measures only. */
  measureIds?: string[];
  /** First and last day of the measurement period, both inclusive. */
  periodStart: string;
  periodEnd: string;
  reason: string;
}
