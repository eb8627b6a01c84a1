import { code, coding, dateTime, reference, required, text } from './element';
import { kind, period } from './kind';

/** An insurance. Without a status it is active. */
export const coverages = kind({
  resourceType: 'Coverage',
  elements: {
    patient: required(reference('patients')),
    payer: required(text),
    type: coding,
    memberId: text,
    start: dateTime,
    end: dateTime,
    status: code('active', 'cancelled', 'draft', 'entered-in-error'),
  },
  build: (row) => ({
    status: row.status ?? 'active',
    type: row.type,
    subscriberId: row.memberId,
    beneficiary: row.patient,
    period: period(row.start, row.end),
    payor: [{ display: row.payer }],
  }),
});
