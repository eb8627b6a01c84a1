import { instant, type Day } from '../calendar';
import { optional, reference, usCore, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';

export type ObservationCategory =
  'vital-signs' | 'laboratory' | 'survey' | 'social-history' | 'imaging' | 'exam';

export interface ObservationDetails {
  category: ObservationCategory;
  day: Day;
  minute?: number;
  /** The value as JSON text with its property, e.g. `"valueInteger":3`; absent: `dataAbsentReason`. */
  value?: string;
  components?: string;
  encounter?: string;
  status?: 'final' | 'amended' | 'corrected' | 'preliminary' | 'cancelled' | 'entered-in-error';
  interpretation?: string;
  referenceRange?: string;
  profile?: string;
  performer?: string;
  effectivePeriodDays?: number;
  /** Why there is no value (data-absent-reason); default `unknown`. */
  absent?: 'unknown' | 'asked-declined' | 'not-performed';
}

/** Writes an Observation; returns the reference to it, as JSON text. */
export function writeObservation(chart: Chart, key: string, details: ObservationDetails): string {
  const { random } = chart;
  const minute = details.minute ?? 600;
  const status =
    details.status ?? (random.chance(0.015) ? random.pick(['amended', 'corrected'] as const) : 'final');
  const effective =
    details.effectivePeriodDays === undefined
      ? `"effectiveDateTime":"${chart.moment(details.day, minute, 0.03)}"`
      : `"effectivePeriod":{"start":"${instant(details.day - details.effectivePeriodDays, minute)}","end":"${instant(details.day, minute)}"}`;
  const value =
    details.value ??
    (details.components
      ? undefined
      : `"dataAbsentReason":${hl7Concept('data-absent-reason', details.absent ?? 'unknown')}`);
  const id = chart.write(
    'Observation',
    details.profile ?? profileOf(details.category),
    `"status":"${status}","category":[${hl7Concept('observation-category', details.category)}],` +
      `"code":${chart.coded(concept(key))},"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,${effective},"issued":"${instant(details.day, minute + 45)}"` +
      optional('performer', `[${details.performer ?? chart.person.provider.ref}]`) +
      (value === undefined ? '' : `,${value}`) +
      optional('interpretation', details.interpretation) +
      optional('referenceRange', details.referenceRange) +
      optional('component', details.components && `[${details.components}]`),
    details.day,
  );
  return reference('Observation', id);
}

/** `"valueQuantity":{…}` with a UCUM unit; some sources give the unit's text only. */
export function quantity(value: number, unit: string, code = unit): string {
  return `"valueQuantity":{"value":${value},"unit":"${unit}","system":"http://unitsofmeasure.org","code":"${code}"}`;
}

/** `"valueCodeableConcept":{…}` */
export function coded(key: string): string {
  return `"valueCodeableConcept":${concept(key).full}`;
}

/** Writes one blood pressure: one Observation with two components. */
export function writeBloodPressure(
  chart: Chart,
  systolic: number | undefined,
  diastolic: number | undefined,
  details: Omit<ObservationDetails, 'category'>,
): string {
  return writeObservation(chart, chart.random.chance(0.015) ? 'blood-pressure-combined' : 'blood-pressure', {
    ...details,
    category: 'vital-signs',
    profile: usCore('blood-pressure'),
    components: `${component('systolic', systolic)},${component('diastolic', diastolic)}`,
  });
}

function component(key: string, value: number | undefined): string {
  const measured =
    value === undefined
      ? `"dataAbsentReason":${hl7Concept('data-absent-reason', 'unknown')}`
      : quantity(value, 'mmHg', 'mm[Hg]');
  return `{"code":${concept(key).full},${measured}}`;
}

function profileOf(category: ObservationCategory): string {
  switch (category) {
    case 'vital-signs':
      return usCore('vital-signs');
    case 'laboratory':
      return usCore('observation-lab');
    case 'survey':
      return usCore('observation-screening-assessment');
    case 'social-history':
      return usCore('simple-observation');
    case 'imaging':
    case 'exam':
      return usCore('observation-clinical-result');
  }
}
