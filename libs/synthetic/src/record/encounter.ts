import { instant, type Day } from '../calendar';
import { optional, qiCore, reference, type Chart } from '../chart';
import { coding, concept, hl7Concept } from '../concepts';
import type { Provider } from '../directory';

export type EncounterClass = 'AMB' | 'VR' | 'HH' | 'EMER' | 'IMP';

/** An encounter that is being written: what other resources of it refer to. */
export interface Encounter {
  id: string;
  /** Reference, as JSON text. */
  ref: string;
  day: Day;
  /** Minute of the day when it began. */
  minute: number;
  class: EncounterClass;
  provider: Provider;
}

export interface EncounterDetails {
  /** Keys of data/visits.json. */
  types: string[];
  class: EncounterClass;
  status?: 'finished' | 'cancelled' | 'planned' | 'in-progress' | 'entered-in-error';
  minutes?: number;
  provider?: Provider;
  location?: string;
  serviceProvider?: string;
  /** References to Conditions of the patient, as JSON text, the principal one first. */
  diagnoses?: string[];
  /** Keys of data/conditions.json. */
  reasons?: string[];
  /** Key of data/visits.json. */
  discharge?: string;
}

/** Begins an encounter: fixes its id, so that other resources may refer to it before or after it is written. */
export function beginEncounter(chart: Chart, day: Day, kind: EncounterClass, provider?: Provider): Encounter {
  const id = chart.nextId();
  const minute =
    kind === 'EMER' || kind === 'IMP'
      ? chart.random.between(0, 1380)
      : 480 + 15 * chart.random.between(0, 34);
  return {
    id,
    ref: reference('Encounter', id),
    day,
    minute,
    class: kind,
    provider: provider ?? chart.person.provider,
  };
}

/** Writes the Encounter resource. */
export function writeEncounter(chart: Chart, encounter: Encounter, details: EncounterDetails): void {
  const { random, person } = chart;
  const minutes = details.minutes ?? random.pick([15, 20, 30, 40]);
  const types = details.types.map((key) => chart.coded(concept(key)));
  const period = `{"start":"${instant(encounter.day, encounter.minute)}","end":"${instant(encounter.day, encounter.minute + minutes)}"}`;
  const reasons = details.reasons?.map((key) => concept(key).brief);
  const diagnoses = details.diagnoses?.map(
    (condition, index) =>
      `{"condition":${condition},"use":${hl7Concept('diagnosis-role', details.class === 'IMP' ? 'DD' : 'AD')},"rank":${index + 1}}`,
  );
  const participant = random.chance(0.97)
    ? `[{"type":[${hl7Concept('v3-ParticipationType', 'PPRF')}],"individual":${encounter.provider.ref}}]`
    : undefined;
  chart.write(
    'Encounter',
    qiCore('encounter'),
    `"identifier":[{"system":"https://ehr.example.org/csn","value":"${encounter.id}"}],` +
      `"status":"${details.status ?? 'finished'}","class":${coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', details.class)},` +
      `"type":[${types.join(',')}],"subject":${chart.subject}` +
      optional('participant', participant) +
      `,"period":${period}` +
      optional('reasonCode', reasons?.length ? `[${reasons.join(',')}]` : undefined) +
      optional('diagnosis', diagnoses?.length ? `[${diagnoses.join(',')}]` : undefined) +
      optional(
        'hospitalization',
        details.discharge && `{"dischargeDisposition":${concept(details.discharge).full}}`,
      ) +
      optional('location', `[{"location":${details.location ?? person.site.locationRef}}]`) +
      `,"serviceProvider":${details.serviceProvider ?? person.site.ref}`,
    encounter.day,
    encounter.id,
  );
}
