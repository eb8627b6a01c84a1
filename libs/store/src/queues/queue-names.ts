/** The queues of the service. The API puts jobs in, the worker takes them out. */
export const evaluationQueue = 'evaluation';
export const reportQueue = 'report';
export const sourceQueue = 'source';
export const queueNames = [evaluationQueue, reportQueue, sourceQueue] as const;
export type QueueName = (typeof queueNames)[number];

/** Asks for an evaluation run. */
export interface EvaluationJob {
  /** The id of the run that it will be; absent: the worker makes one. All attempts of a job are one run. */
  runId?: string;
  /** An empty list asks for all measures, as `all` does. */
  measureIds: string[] | 'all';
  /** `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
  /** Email of who asked. */
  startedBy: string;
  reason: string;
}

/** Name of the evaluation queue's jobs that publish a run which is evaluated already. */
export const publishRunJob = 'publish-run';

/** Asks for the numbers of a suspicious run, after somebody decided that they are right. */
export interface PublishRunJob {
  runId: string;
}

/** Asks for one delivery of a report. */
export interface ReportJob {
  definitionId: string;
}

/** Asks for one pull of a source. */
export interface SourceJob {
  sourceId: string;
  /** Email of who asked, `schedule` or `arrival` of files. */
  startedBy: string;
  /** This once the pull may take away however much is gone at the source. */
  allowsLoss?: true;
}
