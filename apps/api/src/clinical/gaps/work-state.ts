import { Diagnostic } from '@catchment/platform';
import type { WorklistEventKind, WorklistItem, WorkStatus } from '@catchment/store';
import type { ContactOutcome, GapContact, GapWorkChange } from '../contract';
import type { EventDetail } from './work-shape';

/** What people change about the work on a gap. */
export type WorkState = Pick<
  WorklistItem,
  | 'workStatus'
  | 'assignee'
  | 'nextActionDate'
  | 'snoozeUntil'
  | 'declineReason'
  | 'note'
  | 'attempts'
  | 'lastAttemptAt'
>;

/** Nobody has touched it. */
export const untouched: WorkState = {
  workStatus: 'new',
  assignee: null,
  nextActionDate: null,
  snoozeUntil: null,
  declineReason: null,
  note: '',
  attempts: 0,
  lastAttemptAt: null,
};

/** One entry for the log. */
export interface LoggedEvent {
  kind: WorklistEventKind;
  detail: EventDetail;
  note: string;
}

/**
 * The work as somebody wants it.
 * @throws Diagnostic when what belongs to a status is missing, or is there without that status
 */
export function changedState(before: WorkState, change: GapWorkChange): WorkState {
  const { status, assignee, nextActionDate, snoozeUntil } = change;
  const declineReason = change.declineReason?.trim() || null;
  if (status === 'snoozed' && snoozeUntil === null) {
    throw new Diagnostic('a gap is snoozed until a day: say which in snoozeUntil');
  }
  if (status !== 'snoozed' && snoozeUntil !== null) {
    throw new Diagnostic('snoozeUntil belongs to the status snoozed: leave it out, or choose that status');
  }
  if (status === 'snoozed' && nextActionDate !== null) {
    throw new Diagnostic(
      'the next action of a snoozed gap is the end of the snooze: leave nextActionDate out',
    );
  }
  if (status === 'declined' && declineReason === null) {
    throw new Diagnostic('say in declineReason why the patient declined');
  }
  if (status !== 'declined' && declineReason !== null) {
    throw new Diagnostic('declineReason belongs to the status declined: leave it out, or choose that status');
  }
  const note = change.note?.trim() ?? '';
  return { ...before, workStatus: status, assignee, nextActionDate, snoozeUntil, declineReason, note };
}

/** The work after somebody tried to reach the patient: who was called is not snoozed any more. */
export function contactedState(before: WorkState, contact: GapContact, now: Date): WorkState {
  const workStatus = statusAfter(before.workStatus, contact.outcome);
  return {
    ...before,
    workStatus,
    nextActionDate: contact.nextActionDate ?? before.nextActionDate,
    snoozeUntil: null,
    attempts: before.attempts + 1,
    lastAttemptAt: now,
  };
}

/** Whoever is scheduled or has declined stays so, whatever a further call comes to. */
function statusAfter(before: WorkStatus, outcome: ContactOutcome): WorkStatus {
  const unsettled = before === 'new' || before === 'attempted' || before === 'snoozed';
  if (!unsettled) return before;
  return outcome === 'reached' ? 'reached' : 'attempted';
}

/** What happened between two states, for the log; a contact is logged by itself. */
export function eventsBetween(before: WorkState, after: WorkState): LoggedEvent[] {
  const events: LoggedEvent[] = [];
  if (
    before.workStatus !== after.workStatus ||
    before.snoozeUntil !== after.snoozeUntil ||
    before.declineReason !== after.declineReason
  ) {
    const detail = after.snoozeUntil === null ? {} : { date: after.snoozeUntil };
    events.push({ kind: 'status-change', detail, note: after.declineReason ?? '' });
  }
  if (before.assignee !== after.assignee) {
    events.push({ kind: 'assignment', detail: { assignee: after.assignee }, note: '' });
  }
  if (before.nextActionDate !== after.nextActionDate) {
    events.push({ kind: 'next-action', detail: { date: after.nextActionDate }, note: '' });
  }
  if (before.note !== after.note) events.push({ kind: 'note', detail: {}, note: after.note });
  return events;
}
