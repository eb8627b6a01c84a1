import type {
  ContactChannel,
  ContactOutcome,
  WorkEvent,
  WorkStatus,
} from '../../../apps/api/src/clinical/contract';
import { dateText } from '../design/format';

export const WORK_STATUSES: WorkStatus[] = [
  'new',
  'attempted',
  'reached',
  'scheduled',
  'ordered',
  'done-elsewhere-requested',
  'declined',
  'snoozed',
  'not-our-patient',
];

/** What a person is doing about a gap. It never closes one: data does. */
export function workStatusText(status: WorkStatus): string {
  switch (status) {
    case 'new':
      return 'new';
    case 'attempted':
      return 'attempted';
    case 'reached':
      return 'reached';
    case 'scheduled':
      return 'scheduled';
    case 'ordered':
      return 'ordered';
    case 'declined':
      return 'declined';
    case 'done-elsewhere-requested':
      return 'done elsewhere, requested';
    case 'snoozed':
      return 'snoozed';
    case 'not-our-patient':
      return 'not our patient';
  }
}

export const CHANNELS: ContactChannel[] = ['phone', 'message', 'letter', 'in-person'];

export function channelText(channel: ContactChannel): string {
  switch (channel) {
    case 'phone':
      return 'phone call';
    case 'message':
      return 'message';
    case 'letter':
      return 'letter';
    case 'in-person':
      return 'in person';
  }
}

/** In the order in which a day of calls has them. */
export const OUTCOMES: ContactOutcome[] = ['no-answer', 'left-message', 'reached', 'wrong-number'];

export function outcomeText(outcome: ContactOutcome): string {
  switch (outcome) {
    case 'no-answer':
      return 'no answer';
    case 'left-message':
      return 'left a message';
    case 'reached':
      return 'reached';
    case 'wrong-number':
      return 'wrong number';
  }
}

/** What happened, in a few words; the note stands beside it. */
export function eventText(event: WorkEvent, nameOf: (email: string) => string): string {
  switch (event.kind) {
    case 'contact':
      return [event.channel && channelText(event.channel), event.outcome && outcomeText(event.outcome)]
        .filter(Boolean)
        .join(': ');
    case 'status-change':
      return `${workStatusText(event.status)}${event.date ? ` until ${dateText(event.date)}` : ''}`;
    case 'assignment':
      return event.assignee ? `assigned to ${nameOf(event.assignee)}` : 'assigned to nobody';
    case 'next-action':
      return event.date ? `next action ${dateText(event.date)}` : 'no next action';
    case 'note':
      return event.note ? 'note' : 'note removed';
  }
}
