import type { GapWork } from './gaps';
import type { WorkStatus } from './terms';

/** Which gap is meant. */
export interface GapPlace {
  patientId: string;
  measureId: string;
  groupId: string;
}

export type ContactChannel = 'phone' | 'message' | 'letter' | 'in-person';

export type ContactOutcome = 'reached' | 'left-message' | 'no-answer' | 'wrong-number';

export type WorkEventKind = 'contact' | 'status-change' | 'assignment' | 'next-action' | 'note';

/** One entry of the log of a gap: it is only ever added to. */
export interface WorkEvent {
  measureId: string;
  groupId: string;
  at: string;
  /** Email of who did it. */
  by: string;
  kind: WorkEventKind;
  /** The work status after it. */
  status: WorkStatus;
  /** Of a contact. */
  channel: ContactChannel | null;
  outcome: ContactOutcome | null;
  /** Of an assignment; null: nobody's any more. */
  assignee: string | null;
  /** Of a next action, or the end of a snooze; null: none any more. */
  date: string | null;
  /** What was noted, or the reason of a decline. */
  note: string | null;
}

/** GET and PUT /api/gaps/:patientId/:measureId/:groupId/work; POST …/work/contacts. */
export interface GapWorkRecord extends GapPlace {
  /** Null: nobody has touched it. */
  work: GapWork | null;
  /** Newest first, at most 200. */
  log: WorkEvent[];
}

/** PUT /api/gaps/:patientId/:measureId/:groupId/work: how the work stands from now on, as a whole. */
export interface GapWorkChange {
  /** The version that was seen; 0: nobody had touched it. Another one is there now: 409. */
  version: number;
  status: WorkStatus;
  assignee: string | null;
  /** None while it is snoozed. */
  nextActionDate: string | null;
  /** Required with `snoozed`, none otherwise. */
  snoozeUntil: string | null;
  /** Required with `declined`, none otherwise. */
  declineReason: string | null;
  note: string | null;
}

/**
 * POST /api/gaps/:patientId/:measureId/:groupId/work/contacts: somebody tried to reach the patient. A contact is a fact,
 * whatever others changed meanwhile: it has no version.
 */
export interface GapContact {
  channel: ContactChannel;
  outcome: ContactOutcome;
  note: string | null;
  /** When to act next; null leaves it as it is. */
  nextActionDate: string | null;
}

export interface SeenGap extends GapPlace {
  /** The version that was seen; 0: nobody had touched it. */
  version: number;
}

/** POST /api/gaps/work/assign: all of them, or none. */
export interface GapAssignment {
  assignee: string | null;
  /** 1 to 500. */
  gaps: SeenGap[];
}

export interface GapAssignmentResult {
  /** Gaps whose assignee is another one now. */
  changed: number;
}

/** GET /api/patients/:patientId/work: all of a patient's gaps that people worked on. */
export interface PatientWork {
  patientId: string;
  gaps: { measureId: string; groupId: string; work: GapWork }[];
  /** Newest first, at most 200. */
  log: WorkEvent[];
}

/** GET /api/gaps/assignees: who may be asked to work on gaps. */
export interface Assignee {
  email: string;
  displayName: string;
}
