import { code, coding, dateTime, reference, required, text } from './element';
import { kind } from './kind';

/** A vaccination. Without a status it was given. */
export const immunizations = kind({
  resourceType: 'Immunization',
  elements: {
    patient: required(reference('patients')),
    encounter: reference('encounters'),
    vaccine: required(coding),
    date: required(dateTime),
    status: code('completed', 'entered-in-error', 'not-done'),
    statusReason: coding,
    lotNumber: text,
  },
  build: (row) => ({
    status: row.status ?? 'completed',
    statusReason: row.statusReason,
    vaccineCode: row.vaccine,
    patient: row.patient,
    encounter: row.encounter,
    occurrenceDateTime: row.date,
    lotNumber: row.lotNumber,
  }),
});
