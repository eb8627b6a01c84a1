import type { LoadReport } from '@catchment/ingest';
import type { ExportResult } from '../bulk/bulk-client';
import type { ExportRequest } from '../bulk/export-request';
import type { Issue } from '../bulk/outcome';

/** What a pull brought. */
export interface PullReport {
  /** The server's time of the export, as it wrote it; the moment of loading for files without one. */
  transactionTime: string;
  /**
   * What the next pull may ask for; null where something is missing: what a type has from before that time would be
   * passed over for good.
   */
  nextSince: string | null;
  /** New or changed resources by type. */
  loaded: Record<string, number>;
  unchanged: number;
  /** Older versions of what is here. */
  outdated: number;
  quarantined: number;
  reasons: LoadReport['reasons'];
  files: number;
  /** Resources that the server has deleted and that were taken away here. */
  deleted: number;
  /** Resources of patients whom the server has deleted, set aside. */
  orphaned: number;
  /** Patients of the source who are in none of its groups and are not evaluated. */
  leavers: number;
  /** What the server could not export, in its words. */
  failures: Issue[];
  /** Types that were asked for and not granted. */
  notGranted: string[];
  warnings: string[];
  /** Is a whole export without any resource? Servers answer so to a group that they do not know. */
  empty: boolean;
}

export function reportOf(
  { since }: ExportRequest,
  result: ExportResult,
  load: LoadReport | undefined,
): PullReport {
  const { transactionTime, failures, notGranted, files } = result;
  const { loaded, unchanged, outdated, quarantined, reasons, deleted, orphaned, leavers } = load ?? nothing;
  const count = files.filter(({ kind }) => kind === 'output').length;
  const empty = count === 0 && since === undefined;
  const complete = isComplete(result) && !empty;
  const time = instantOf(transactionTime);
  return {
    transactionTime,
    nextSince: complete ? time : null,
    loaded,
    unchanged,
    outdated,
    quarantined,
    reasons,
    files: count,
    deleted,
    orphaned,
    leavers,
    failures,
    notGranted,
    warnings: [
      ...result.warnings,
      ...(empty ? [emptyExport] : []),
      ...(time === null
        ? [`the server's time "${transactionTime.slice(0, 40)}" has no zone: no later pull can begin there`]
        : []),
    ],
    empty,
  };
}

/** Did everything come that was asked for? */
export function isComplete({ failures, notGranted }: Pick<ExportResult, 'failures' | 'notGranted'>): boolean {
  return failures.length === 0 && notGranted.length === 0;
}

const nothing = {
  loaded: {},
  unchanged: 0,
  outdated: 0,
  quarantined: 0,
  reasons: {},
  deleted: 0,
  orphaned: 0,
  leavers: 0,
};

export const emptyExport = 'a whole export without any resource';

/** A server's time as FHIR writes instants; null when it does not say in which zone. */
function instantOf(time: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(time)) return time;
  return /(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$/.test(time) ? new Date(time).toISOString() : null;
}
