import { code, coding, dateTime, decimal, reference, required, text } from './element';
import { kind, listOf, period } from './kind';

/** A prescription. Without an intent it is an order. */
export const medications = kind({
  resourceType: 'MedicationRequest',
  elements: {
    patient: required(reference('patients')),
    encounter: reference('encounters'),
    medication: required(coding),
    authoredOn: required(dateTime),
    status: required(
      code('active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown'),
    ),
    intent: code(
      'proposal',
      'plan',
      'order',
      'original-order',
      'reflex-order',
      'filler-order',
      'instance-order',
      'option',
    ),
    dosage: text,
    start: dateTime,
    end: dateTime,
    quantity: decimal,
    daysSupply: decimal,
    refills: decimal,
    practitioner: reference('practitioners'),
  },
  build: (row) => {
    const days = row.daysSupply?.value;
    const dispense = {
      validityPeriod: period(row.start, row.end),
      numberOfRepeatsAllowed: row.refills?.value,
      quantity: row.quantity && { value: row.quantity.value },
      expectedSupplyDuration:
        days === undefined
          ? undefined
          : { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' },
    };
    const isEmpty = Object.values(dispense).every((value) => value === undefined);
    return {
      status: row.status,
      intent: row.intent ?? 'order',
      medicationCodeableConcept: row.medication,
      subject: row.patient,
      encounter: row.encounter,
      authoredOn: row.authoredOn,
      requester: row.practitioner,
      dosageInstruction: listOf(row.dosage === undefined ? undefined : { text: row.dosage }),
      dispenseRequest: isEmpty ? undefined : dispense,
    };
  },
});
