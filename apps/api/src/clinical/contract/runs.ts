export interface RunMeasure {
  measureId: string;
  version: string;
  /** The run that evaluated it; null: this one. Results of the same data and period are kept. */
  keptFrom: string | null;
}

/** Something about a run's data that is not as the published run's were. */
export interface RunSuspicion {
  kind: 'fewer-patients' | 'fewer-resources' | 'older-data' | 'late-data';
  /** Resource type; null unless the kind is `fewer-resources`. */
  type: string | null;
  /** Patients or resources in the published run and in this one; null unless they are fewer. */
  countBefore: number | null;
  countNow: number | null;
  /** Instants up to which the data are known; the first is null unless the kind is `older-data`. */
  dataAsOfBefore: string | null;
  dataAsOfNow: string | null;
  /** Of `late-data`: how many days old the data may be. */
  days: number | null;
}

export interface RunDecision {
  action: 'publish' | 'dismiss';
  /** Email, or `system`: a later run took its place. */
  by: string;
  at: string;
  reason: string;
}

/** GET /api/runs (newest first) and GET /api/runs/:runId */
export interface Run {
  runId: string;
  /** `suspicious`: its numbers wait for a decision; `dismissed`: they are not published. */
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'suspicious' | 'dismissed';
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
  /** Why it was not published at once; empty when nothing was suspicious. */
  suspicions: RunSuspicion[];
  /** After the decision to publish the state stays `suspicious` until the worker has done it. */
  decision: RunDecision | null;
}

/** POST /api/runs/:runId/publication and …/dismissal: what becomes of a suspicious run; answered with 202 and the `Run`. */
export interface RunDecisionRequest {
  reason: string;
}

/** A run whose numbers wait for a decision; today's are older. */
export interface HeldRun {
  runId: string;
  startedAt: string;
  /** Null for who may not read runs. */
  suspicions: RunSuspicion[] | null;
  decision: RunDecision['action'] | null;
}

/** GET /api/publication/held */
export interface HeldPublication {
  /** Null: nothing waits. */
  run: HeldRun | null;
}

/** POST /api/runs: asks for an evaluation run; answered with 202 and the `Run` in state `queued`. */
export interface RunRequest {
  /**
   * Default: every measure of the service. The published numbers of the others stay, evaluated again when the data have
   * changed. For another period than the published one nothing is published.
   */
  measureIds?: string[];
  /** First and last day of the measurement period, both inclusive. */
  periodStart: string;
  periodEnd: string;
  reason: string;
}
