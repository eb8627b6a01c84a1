import { isoDate, type Day } from '../calendar';
import { baseProfile, optional, qiCore, reference, usCore, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';
import type { Payer } from '../directory';
import type { Encounter } from './encounter';

const usd = (amount: number): string => `{"value":${amount.toFixed(2)},"currency":"USD"}`;

/** Writes a Coverage; returns the reference to it, as JSON text. */
export function writeCoverage(chart: Chart, payer: Payer, from: Day, to?: Day): string {
  const id = chart.write(
    'Coverage',
    qiCore('coverage'),
    `"status":"${to === undefined ? 'active' : 'cancelled'}","type":${payer.type},"subscriberId":"S${chart.person.key}",` +
      `"beneficiary":${chart.subject},"relationship":${hl7Concept('subscriber-relationship', 'self')},` +
      `"period":{"start":"${isoDate(from)}"${optional('end', to === undefined ? undefined : `"${isoDate(to)}"`)}},` +
      `"payor":[${payer.ref}]`,
    from,
  );
  return reference('Coverage', id);
}

/** Writes the Claim of a visit: diagnoses by code, one item for the visit. */
export function writeClaim(
  chart: Chart,
  encounter: Encounter,
  bill: { visitType: string; diagnoses: string[]; coverage: string; status?: 'active' | 'cancelled' },
): string {
  const created = Math.min(chart.lastDay, encounter.day + 2);
  const institutional = encounter.class === 'IMP' || encounter.class === 'EMER';
  const amount = institutional ? chart.random.between(900, 24000) : chart.random.between(90, 420);
  const diagnoses = bill.diagnoses.map(
    (key, index) => `{"sequence":${index + 1},"diagnosisCodeableConcept":${concept(key).brief}}`,
  );
  const id = chart.write(
    'Claim',
    qiCore('claim'),
    `"status":"${bill.status ?? 'active'}","type":${hl7Concept('claim-type', institutional ? 'institutional' : 'professional')},` +
      `"use":"claim","patient":${chart.subject},"created":"${isoDate(created)}","provider":${chart.person.site.ref},` +
      `"priority":${hl7Concept('processpriority', 'normal')}` +
      optional('diagnosis', diagnoses.length > 0 ? `[${diagnoses.join(',')}]` : undefined) +
      `,"insurance":[{"sequence":1,"focal":true,"coverage":${bill.coverage}}],` +
      `"item":[{"sequence":1,"productOrService":${concept(bill.visitType).brief},"servicedDate":"${isoDate(encounter.day)}",` +
      `"net":${usd(amount)},"encounter":[${encounter.ref}]}],"total":${usd(amount)}`,
    created,
  );
  return reference('Claim', id);
}

/** Writes the payer's ExplanationOfBenefit of a hospital or emergency claim. */
export function writeExplanationOfBenefit(
  chart: Chart,
  encounter: Encounter,
  bill: { claim: string; coverage: string; visitType: string; diagnoses: string[] },
): void {
  const created = Math.min(chart.lastDay, encounter.day + 14);
  const amount = chart.random.between(900, 24000);
  const diagnoses = bill.diagnoses.map(
    (key, index) =>
      `{"sequence":${index + 1},"diagnosisCodeableConcept":${concept(key).brief},"type":[${hl7Concept('ex-diagnosistype', index === 0 ? 'principal' : 'clinical')}]}`,
  );
  chart.write(
    'ExplanationOfBenefit',
    baseProfile('ExplanationOfBenefit'),
    `"status":"active","type":${hl7Concept('claim-type', 'institutional')},"use":"claim","patient":${chart.subject},` +
      `"billablePeriod":{"start":"${isoDate(encounter.day)}","end":"${isoDate(encounter.day + 1)}"},"created":"${isoDate(created)}",` +
      `"insurer":${chart.person.payer.ref},"provider":${chart.person.site.ref},"claim":${bill.claim},"outcome":"complete"` +
      optional('diagnosis', diagnoses.length > 0 ? `[${diagnoses.join(',')}]` : undefined) +
      `,"insurance":[{"focal":true,"coverage":${bill.coverage}}],` +
      `"item":[{"sequence":1,"productOrService":${concept(bill.visitType).brief},"servicedDate":"${isoDate(encounter.day)}","encounter":[${encounter.ref}],` +
      `"adjudication":[{"category":${hl7Concept('adjudication', 'submitted')},"amount":${usd(amount)}},{"category":${hl7Concept('adjudication', 'benefit')},"amount":${usd(amount * 0.8)}}]}],` +
      `"total":[{"category":${hl7Concept('adjudication', 'submitted')},"amount":${usd(amount)}}]`,
    created,
  );
}

/** Writes an AllergyIntolerance. */
export function writeAllergy(
  chart: Chart,
  substance: string,
  reaction: string,
  day: Day,
  status: 'confirmed' | 'refuted' = 'confirmed',
): void {
  chart.write(
    'AllergyIntolerance',
    usCore('allergyintolerance'),
    `"clinicalStatus":${hl7Concept('allergyintolerance-clinical', 'active')},"verificationStatus":${hl7Concept('allergyintolerance-verification', status)},` +
      `"type":"allergy","category":["${substance.endsWith('peanut') ? 'food' : substance.endsWith('latex') ? 'environment' : 'medication'}"],` +
      `"criticality":"${chart.random.chance(0.2) ? 'high' : 'low'}","code":${concept(substance).full},"patient":${chart.subject},` +
      `"onsetDateTime":"${chart.vagueDate(day)}","recordedDate":"${isoDate(day)}","reaction":[{"manifestation":[${concept(reaction).full}]}]`,
    day,
  );
}
