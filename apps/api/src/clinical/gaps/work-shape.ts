import type { WorklistEvent, WorklistItem } from '@catchment/store';
import type { ContactChannel, ContactOutcome, GapPlace, GapWork, WorkEvent } from '../contract';

export function placeKey({ patientId, measureId, groupId }: GapPlace): string {
  return JSON.stringify([patientId, measureId, groupId]);
}

export function workOf(item: WorklistItem): GapWork {
  return {
    status: item.workStatus,
    assignee: item.assignee,
    attempts: item.attempts,
    lastAttempt: item.lastAttemptAt?.toISOString() ?? null,
    nextActionDate: item.nextActionDate,
    snoozeUntil: item.snoozeUntil,
    declineReason: item.declineReason,
    note: item.note === '' ? null : item.note,
    version: item.version,
  };
}

/** What the log keeps of an event besides its note, by its kind. */
// A type, not an interface: the column takes any record.
export type EventDetail = {
  channel?: ContactChannel;
  outcome?: ContactOutcome;
  assignee?: string | null;
  date?: string | null;
};

/** @param event with its item */
export function eventOf(event: WorklistEvent): WorkEvent {
  const detail: EventDetail = event.detail;
  return {
    measureId: event.item.measureId,
    groupId: event.item.groupId,
    at: event.at.toISOString(),
    by: event.by,
    kind: event.kind,
    status: event.workStatus,
    channel: detail.channel ?? null,
    outcome: detail.outcome ?? null,
    assignee: detail.assignee ?? null,
    date: detail.date ?? null,
    note: event.note === '' ? null : event.note,
  };
}
