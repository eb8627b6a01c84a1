import type { Connection } from '@catchment/warehouse';

/** A resource that was set aside, and why. */
export interface Quarantined {
  file: string;
  /** Line of an NDJSON file, place of the entry of a Bundle; from 1. */
  line: number;
  type?: string;
  id?: string;
  reason: QuarantineReason;
  /** What exactly; names elements, never values. */
  detail?: string;
}

export type QuarantineReason =
  | 'malformed-json'
  | 'not-an-object'
  | 'unknown-type'
  | 'nested-bundle'
  | 'missing-id'
  | 'duplicate-id'
  | 'unknown-patient'
  | 'patient-deleted'
  | 'wrong-shape'
  | 'invalid-value'
  | 'invalid-deletion';

export interface LoadedFile {
  path: string;
  sha256: string;
  bytes: number;
  /** Lines of the file, or entries of the Bundle. */
  lines: number;
  /** Was the same content landed before, by an earlier load or another file of this one? */
  known: boolean;
}

/** What became of everything that was in the files: the first four add up to the lines of the files of resources. */
export interface LoadReport {
  /** New or changed resources by type. */
  loaded: Record<string, number>;
  unchanged: number;
  /** Older versions of what is stored, was deleted, or waits for its patient. */
  outdated: number;
  /** Set aside; entries of deletions that cannot be understood are counted too. */
  quarantined: number;
  /** Resources that the source deleted and that left the warehouse. */
  deleted: number;
  /** Deletions of what was not there. */
  absent: number;
  /** Resources of patients whom the source deleted, set aside until the patient comes again. */
  orphaned: number;
  /** Resources of earlier loads that had waited for a patient who came with this one. */
  restored: number;
  /** Patients of the source who are not evaluated, because they are in none of its panels. */
  leavers: number;
  files: LoadedFile[];
  /** Files in folders that hold no FHIR. */
  ignored: string[];
  reasons: Partial<Record<QuarantineReason, number>>;
  /** The first thousand, by file and line. */
  quarantine: Quarantined[];
  /** Did concepts appear that value sets have to be bound to again? */
  dictionariesGrew: boolean;
}

const listed = 1000;

/** What of the files is in quarantine now. */
export async function readQuarantine(
  connection: Connection,
  paths: ReadonlyMap<number, string>,
): Promise<Pick<LoadReport, 'reasons' | 'quarantine'>> {
  const ids = [...paths.keys()].join(', ');
  if (ids === '') return { reasons: {}, quarantine: [] };
  const reasons = await connection.rows<{ reason: QuarantineReason; n: number }>(
    `select reason, count(*) as n from landing.set_aside where file_id in (${ids}) group by reason order by n desc, reason`,
  );
  const rows = await connection.rows<{
    file_id: number;
    line: number;
    type: string | null;
    id: string | null;
    reason: QuarantineReason;
    detail: string | null;
  }>(`select * from landing.set_aside where file_id in (${ids}) order by file_id, line limit ${listed}`);
  return {
    reasons: Object.fromEntries(reasons.map(({ reason, n }) => [reason, n])),
    quarantine: rows.map(({ file_id, line, type, id, reason, detail }) => ({
      file: paths.get(file_id) ?? '',
      line,
      ...(type !== null && { type }),
      ...(id !== null && { id }),
      reason,
      ...(detail !== null && { detail }),
    })),
  };
}
