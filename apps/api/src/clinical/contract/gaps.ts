import type { GapEvidence, Page, PatientRow } from './lists';
import type { WorkStatus } from './terms';

export interface GapWork {
  status: WorkStatus;
  assignee: string | null;
  attempts: number;
  lastAttempt: string | null;
  nextActionDate: string | null;
  note: string | null;
}

export interface GapItem extends GapEvidence {
  measureId: string;
  groupId: string;
  measureTitle: string;
  dueDate: string;
  /** Null: nobody has touched it. */
  work: GapWork | null;
}

/** GET /api/gaps?by=gap: one row per gap. */
export interface GapRow extends PatientRow {
  priority: number;
  priorityReasons: string[];
  gap: GapItem;
}

/** GET /api/gaps?by=patient (default): one row per patient, with the gaps that match the filter. */
export interface GapPatientRow extends PatientRow {
  priority: number;
  priorityReasons: string[];
  gaps: GapItem[];
}

export type GapList = Page<GapRow>;

export type GapPatientList = Page<GapPatientRow>;

/**
 * GET /api/gaps?by&measure&group&site&provider&payer&status&reason&q&sort&cursor&limit; `status` defaults to `open-gap`.
 * GET /api/gaps/export?format=csv|arrow|json takes the same filters.
 */
export type GapSort = 'priority' | 'due' | 'name';
