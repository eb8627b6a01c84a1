/** GET /api/reports: what is made when, and what became of it last. */
export interface ReportSummary {
  reportId: string;
  name: string;
  type: string;
  formats: string[];
  /** Five fields, read in `timeZone`. */
  cron: string;
  timeZone: string;
  recipients: string[];
  active: boolean;
  /** Null when it is not active. */
  nextRun: string | null;
  createdBy: string;
  lastDelivery: ReportDelivery | null;
}

/**
 * GET /api/reports/:reportId/deliveries, newest first, at most 100.
 * POST there makes the report now; answered with 202 and a delivery in state `queued`.
 * GET /api/reports/:reportId/deliveries/:deliveryId/files/:name is a file of it.
 */
export interface ReportDelivery {
  /** Null while it is only queued. */
  deliveryId: string | null;
  reportId: string;
  status: 'queued' | 'pending' | 'delivered' | 'failed';
  attempts: number;
  error: string | null;
  /** Names of the files. */
  files: string[];
  runId: string | null;
  dueAt: string;
  finishedAt: string | null;
}
