/** The queues of the service. The API puts jobs in, the worker takes them out. */
export const evaluationQueue = 'evaluation';
export const reportQueue = 'report';
export const queueNames = [evaluationQueue, reportQueue] as const;
export type QueueName = (typeof queueNames)[number];

/** Asks for an evaluation run. */
export interface EvaluationJob {
  measureIds: string[];
  /** `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
  /** Email of who asked. */
  startedBy: string;
  reason: string;
}

/** Asks for one delivery of a report. */
export interface ReportJob {
  definitionId: string;
}
