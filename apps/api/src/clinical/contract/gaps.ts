import type { GapEvidence, Page, PatientRow } from './lists';
import type { WorkStatus } from './terms';

/** What people are doing about a gap. It never changes the computed gap status: only data does. */
export interface GapWork {
  status: WorkStatus;
  /** Email of who should act. */
  assignee: string | null;
  attempts: number;
  lastAttempt: string | null;
  nextActionDate: string | null;
  /** Known when, and only when, the status is `snoozed`; it then stands for the date of the next action. */
  snoozeUntil: string | null;
  /** Known when, and only when, the status is `declined`. */
  declineReason: string | null;
  note: string | null;
  /** Counts the changes; whoever changes it says which version they saw. */
  version: number;
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
 * GET /api/gaps?by&measure&group&site&provider&payer&status&reason&work&assignee&nextBy&q&sort&cursor&limit; `status`
 * defaults to `open-gap`. `assignee` is an email, `me` or `nobody`.
 * GET /api/gaps/export?format=csv|arrow|json takes the same filters.
 */
export type GapSort = 'priority' | 'due' | 'name';
