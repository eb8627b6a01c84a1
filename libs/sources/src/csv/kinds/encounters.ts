import { code, coding, dateTime, reference, required } from './element';
import { kind, listOf, period } from './kind';

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** A visit. Without a status it has taken place. */
export const encounters = kind({
  resourceType: 'Encounter',
  elements: {
    patient: required(reference('patients')),
    class: required(code('AMB', 'EMER', 'FLD', 'HH', 'IMP', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'VR')),
    type: coding,
    start: required(dateTime),
    end: dateTime,
    status: code(
      'planned',
      'arrived',
      'triaged',
      'in-progress',
      'onleave',
      'finished',
      'cancelled',
      'entered-in-error',
      'unknown',
    ),
    reason: coding,
    practitioner: reference('practitioners'),
    organization: reference('organizations'),
  },
  build: (row) => ({
    status: row.status ?? 'finished',
    class: { system: actCode, code: row.class },
    type: listOf(row.type),
    subject: row.patient,
    participant: row.practitioner && [{ individual: row.practitioner }],
    period: period(row.start, row.end),
    reasonCode: listOf(row.reason),
    serviceProvider: row.organization,
  }),
});
