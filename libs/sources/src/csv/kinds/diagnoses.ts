import { code, coding, dateTime, reference, required } from './element';
import { hl7Concept, kind } from './kind';

/**
 * A condition. Without a clinical status it is active until it has an end; without a category it is one of the visit,
 * where it names one, else of the problem list; without a verification status it is confirmed.
 */
export const diagnoses = kind({
  resourceType: 'Condition',
  elements: {
    patient: required(reference('patients')),
    encounter: reference('encounters'),
    code: required(coding),
    category: code('problem-list-item', 'encounter-diagnosis'),
    clinicalStatus: code('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'),
    verificationStatus: code(
      'unconfirmed',
      'provisional',
      'differential',
      'confirmed',
      'refuted',
      'entered-in-error',
    ),
    onset: dateTime,
    abatement: dateTime,
    recordedDate: dateTime,
  },
  build: (row) => {
    const verified = row.verificationStatus ?? 'confirmed';
    const clinical = row.clinicalStatus ?? (row.abatement === undefined ? 'active' : 'resolved');
    const category =
      row.category ?? (row.encounter === undefined ? 'problem-list-item' : 'encounter-diagnosis');
    return {
      // Nobody has what was entered in error (con-5 of FHIR).
      clinicalStatus:
        verified === 'entered-in-error' ? undefined : hl7Concept('condition-clinical', clinical),
      verificationStatus: hl7Concept('condition-ver-status', verified),
      category: [hl7Concept('condition-category', category)],
      code: row.code,
      subject: row.patient,
      encounter: row.encounter,
      onsetDateTime: row.onset,
      abatementDateTime: row.abatement,
      recordedDate: row.recordedDate,
    };
  },
});
