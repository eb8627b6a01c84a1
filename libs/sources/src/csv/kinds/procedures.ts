import { code, coding, dateTime, reference, required } from './element';
import { kind, listOf } from './kind';

/** What was done. Without a status it is completed; with an end it has a period, else a moment. */
export const procedures = kind({
  resourceType: 'Procedure',
  elements: {
    patient: required(reference('patients')),
    encounter: reference('encounters'),
    code: required(coding),
    start: required(dateTime),
    end: dateTime,
    status: code(
      'preparation',
      'in-progress',
      'not-done',
      'on-hold',
      'stopped',
      'completed',
      'entered-in-error',
      'unknown',
    ),
    statusReason: coding,
    bodySite: coding,
    practitioner: reference('practitioners'),
  },
  build: (row) => ({
    status: row.status ?? 'completed',
    statusReason: row.statusReason,
    code: row.code,
    subject: row.patient,
    encounter: row.encounter,
    ...(row.end === undefined
      ? { performedDateTime: row.start }
      : { performedPeriod: { start: row.start, end: row.end } }),
    performer: row.practitioner && [{ actor: row.practitioner }],
    bodySite: listOf(row.bodySite),
  }),
});
