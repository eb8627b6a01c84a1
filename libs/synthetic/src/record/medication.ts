import { instant, isoDate, type Day } from '../calendar';
import { baseProfile, optional, qiCore, reference, usCore, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';

export interface PrescriptionDetails {
  day: Day;
  minute?: number;
  encounter?: string;
  /** Days of supply in one fill. */
  supplyDays: number;
  refills: number;
  status?: 'active' | 'completed' | 'stopped' | 'on-hold' | 'cancelled' | 'entered-in-error';
  intent?: 'order' | 'plan';
  /** Key of data/procedures.json: why the drug is not given. */
  doNotPerform?: string;
  reason?: string;
}

/** Writes a MedicationRequest; one in twenty names the drug by reference to a Medication. Returns the reference. */
export function writePrescription(chart: Chart, drug: string, details: PrescriptionDetails): string {
  const { random } = chart;
  const refused = details.doNotPerform !== undefined;
  const unit = doseUnit(drug);
  const days = details.supplyDays * (details.refills + 1);
  const started = instant(details.day, (details.minute ?? 600) + 12);
  const status = details.status ?? (details.day + days < chart.lastDay ? 'completed' : 'active');
  const id = chart.write(
    'MedicationRequest',
    refused ? qiCore('medicationnotrequested') : usCore('medicationrequest'),
    `"status":"${status}","intent":"${details.intent ?? 'order'}","category":[${hl7Concept('medicationrequest-category', 'community')}]` +
      (refused ? ',"doNotPerform":true' : '') +
      `,${medication(chart, drug)},"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,"authoredOn":"${random.chance(0.1) ? isoDate(details.day) : started}","requester":${chart.person.provider.ref}` +
      optional(
        'reasonCode',
        details.reason && `[${concept(refused ? details.doNotPerform! : details.reason).brief}]`,
      ) +
      (refused
        ? ''
        : `,"dosageInstruction":[{"text":"Take 1 daily","timing":{"repeat":{"boundsPeriod":{"start":"${isoDate(details.day)}","end":"${isoDate(details.day + days)}"},` +
          `"frequency":1,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":1,"unit":"${unit}"}}]}],` +
          `"dispenseRequest":{"validityPeriod":{"start":"${isoDate(details.day)}","end":"${isoDate(details.day + 365)}"},` +
          `"numberOfRepeatsAllowed":${details.refills},"quantity":{"value":${details.supplyDays},"unit":"${unit}"},` +
          `"expectedSupplyDuration":{"value":${details.supplyDays},"unit":"days","system":"http://unitsofmeasure.org","code":"d"}}`),
    details.day,
  );
  return reference('MedicationRequest', id);
}

/** Writes a MedicationDispense for one fill of a prescription. */
export function writeDispense(
  chart: Chart,
  drug: string,
  prescription: string,
  day: Day,
  supplyDays: number,
): void {
  chart.write(
    'MedicationDispense',
    usCore('medicationdispense'),
    `"status":"completed",${medication(chart, drug)},"subject":${chart.subject},"authorizingPrescription":[${prescription}],` +
      `"quantity":{"value":${supplyDays},"unit":"${doseUnit(drug)}"},` +
      `"daysSupply":{"value":${supplyDays},"unit":"days","system":"http://unitsofmeasure.org","code":"d"},` +
      `"whenPrepared":"${instant(day, 840)}","whenHandedOver":"${instant(day, 930)}"`,
    day,
  );
}

/** Writes a MedicationAdministration, as in a hospital stay. */
export function writeAdministration(
  chart: Chart,
  drug: string,
  encounter: string,
  day: Day,
  minute: number,
): void {
  const done = !chart.random.chance(0.03);
  chart.write(
    'MedicationAdministration',
    qiCore('medicationadministration'),
    `"status":"${done ? 'completed' : 'not-done'}"` +
      (done ? '' : `,"statusReason":[${concept('refused').full}]`) +
      `,${medication(chart, drug)},"subject":${chart.subject},"context":${encounter},` +
      `"effectivePeriod":{"start":"${instant(day, minute)}","end":"${instant(day, minute + 5)}"}`,
    day,
  );
}

/** Writes a MedicationStatement: what the patient says to take, prescribed elsewhere. */
export function writeStatement(chart: Chart, drug: string, from: Day, encounter: string): void {
  chart.write(
    'MedicationStatement',
    baseProfile('MedicationStatement'),
    `"status":"active",${medication(chart, drug)},"subject":${chart.subject},"context":${encounter},` +
      `"effectivePeriod":{"start":"${isoDate(from)}"},"dateAsserted":"${isoDate(from)}","informationSource":${chart.subject}`,
    from,
  );
}

/** Writes an Immunization. */
export function writeImmunization(
  chart: Chart,
  product: string,
  details: { day: Day; encounter?: string; dose?: number; refused?: string; historical?: boolean },
): void {
  const { random } = chart;
  const refused = details.refused !== undefined;
  const occurrence = details.historical ? isoDate(details.day) : chart.moment(details.day, 640, 0.3);
  chart.write(
    'Immunization',
    refused ? qiCore('immunizationnotdone') : usCore('immunization'),
    `"status":"${refused ? 'not-done' : random.chance(0.003) ? 'entered-in-error' : 'completed'}"` +
      optional('statusReason', refused ? concept(details.refused!).full : undefined) +
      `,"vaccineCode":${chart.coded(concept(product))},"patient":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,"occurrenceDateTime":"${occurrence}","primarySource":${details.historical !== true}` +
      (refused
        ? ''
        : `,"lotNumber":"L${random.between(10000, 99999)}","doseQuantity":{"value":0.5,"unit":"mL","system":"http://unitsofmeasure.org","code":"mL"}`) +
      optional(
        'protocolApplied',
        details.dose === undefined || refused ? undefined : `[{"doseNumberPositiveInt":${details.dose}}]`,
      ),
    details.day,
  );
}

const doseUnits = { tab: 'tablet', cap: 'capsule', inhaler: 'inhalation', patch: 'patch', gum: 'piece' };

/** What one dose is counted in, from the drug's name. */
function doseUnit(drug: string): string {
  const name = ` ${concept(drug).display.toLowerCase()} `;
  return Object.entries(doseUnits).find(([form]) => name.includes(` ${form} `))?.[1] ?? 'dose';
}

function medication(chart: Chart, drug: string): string {
  return chart.random.chance(0.05)
    ? `"medicationReference":${reference('Medication', `med-${drug}`)}`
    : `"medicationCodeableConcept":${chart.coded(concept(drug))}`;
}
