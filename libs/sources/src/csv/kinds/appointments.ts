import { code, coding, instant, reference, required } from './element';
import { kind, listOf } from './kind';

/** A visit that is planned, or was. */
export const appointments = kind({
  resourceType: 'Appointment',
  elements: {
    patient: required(reference('patients')),
    status: required(
      code(
        'proposed',
        'pending',
        'booked',
        'arrived',
        'fulfilled',
        'cancelled',
        'noshow',
        'entered-in-error',
        'checked-in',
        'waitlist',
      ),
    ),
    start: required(instant),
    end: instant,
    type: coding,
    reason: coding,
    practitioner: reference('practitioners'),
  },
  build: (row) => ({
    status: row.status,
    serviceType: listOf(row.type),
    reasonCode: listOf(row.reason),
    start: row.start,
    end: row.end,
    participant: [row.patient, row.practitioner]
      .filter((actor) => actor !== undefined)
      .map((actor) => ({ actor, status: 'accepted' as const })),
  }),
});
