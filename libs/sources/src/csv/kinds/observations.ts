import { unitScale } from '@catchment/cql';
import type { CodeableConcept, ObservationComponent, Quantity } from 'fhir/r4';
import {
  code,
  coding,
  dateTime,
  decimal,
  reference,
  required,
  result,
  text,
  type Amount,
  type Result,
} from './element';
import { hl7Concept, kind, UnfitRow } from './kind';

const ucum = 'http://unitsofmeasure.org';
const loinc = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: 'http://loinc.org', code, display }],
});
const bloodPressure = loinc('85354-9', 'Blood pressure panel with all children optional');

const values = ['value', 'result', 'valueText', 'valueCode', 'systolic', 'diastolic'] as const;

/**
 * A laboratory result, vital sign or answer. `value` is a number; `result` a number or, where the cell has none, text;
 * `systolic` and `diastolic`, in mm[Hg], are one blood pressure and need no code.
 */
export const observations = kind({
  resourceType: 'Observation',
  elements: {
    patient: required(reference('patients')),
    encounter: reference('encounters'),
    code: coding,
    category: code(
      'laboratory',
      'vital-signs',
      'survey',
      'social-history',
      'exam',
      'imaging',
      'procedure',
      'therapy',
      'activity',
    ),
    date: required(dateTime),
    status: code(
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
      'unknown',
    ),
    value: decimal,
    unit: text,
    result,
    valueText: text,
    valueCode: coding,
    systolic: decimal,
    diastolic: decimal,
  },
  oneOf: values,
  build: (row) => {
    const components = componentsOf(row.systolic, row.diastolic);
    const said = values.filter((name) => row[name] !== undefined && name !== 'diastolic');
    if (said.length > 1) throw new UnfitRow('it has more than one value');
    const category = row.category ?? (components && 'vital-signs');
    return {
      status: row.status ?? 'final',
      category: category && [hl7Concept('observation-category', category)],
      code: row.code ?? (components ? bloodPressure : noCode()),
      subject: row.patient,
      encounter: row.encounter,
      effectiveDateTime: row.date,
      ...valueOf(row.value ?? row.result, row.unit),
      ...(row.valueText !== undefined && { valueString: row.valueText }),
      valueCodeableConcept: row.valueCode,
      component: components,
    };
  },
});

function noCode(): never {
  throw new UnfitRow('it has no code');
}

function valueOf(
  value: Result | undefined,
  unit?: string,
): { valueString?: string; valueQuantity?: Quantity } {
  if (value === undefined) return {};
  return typeof value === 'string' ? { valueString: value } : { valueQuantity: quantity(value, unit) };
}

function componentsOf(systolic?: Amount, diastolic?: Amount): ObservationComponent[] | undefined {
  if (!systolic && !diastolic) return undefined;
  if (!systolic || !diastolic) throw new UnfitRow('one half of the blood pressure is missing');
  const component = (code: CodeableConcept, amount: Amount): ObservationComponent => ({
    code,
    valueQuantity: quantity(amount, 'mm[Hg]'),
  });
  return [
    component(loinc('8480-6', 'Systolic blood pressure'), systolic),
    component(loinc('8462-4', 'Diastolic blood pressure'), diastolic),
  ];
}

/** A unit that UCUM has is also the code; another one stays words, which compare with themselves only. */
function quantity(amount: Amount, unit?: string): Quantity {
  return { ...amount, unit, ...(unit !== undefined && isUcum(unit) && { system: ucum, code: unit }) };
}

const known = new Map<string, boolean>();

function isUcum(unit: string): boolean {
  const remembered = known.get(unit);
  if (remembered !== undefined) return remembered;
  const answer = unitScale(unit) !== undefined;
  // Free text in a column of units must not fill the memory.
  if (known.size < 10_000) known.set(unit, answer);
  return answer;
}
