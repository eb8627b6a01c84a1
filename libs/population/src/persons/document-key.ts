import { findElement } from '@catchment/fhir';
import { quoteIdentifier } from '@catchment/warehouse';

/** What makes two resources of one type the same fact; elements that nobody demands are not stored and not compared. */
interface DocumentKey {
  /** Without one of these a resource is like no other. */
  code: string[];
  time: string[];
  /** A time that is no instant does not tell two visits of a day apart. */
  exact?: true;
  /** Equal or absent in both. */
  rest: string[];
}

const keys: Record<string, DocumentKey> = {
  Condition: {
    code: ['code'],
    time: ['onsetDateTime', 'onsetPeriod', 'onsetAge', 'onsetRange', 'onsetString', 'recordedDate'],
    rest: ['clinicalStatus', 'verificationStatus', 'category', 'abatementDateTime', 'abatementPeriod'],
  },
  DiagnosticReport: {
    code: ['code'],
    time: ['effectiveDateTime', 'effectivePeriod'],
    rest: ['status', 'conclusionCode'],
  },
  Encounter: { code: ['class', 'type'], time: ['period'], exact: true, rest: ['status'] },
  Immunization: {
    code: ['vaccineCode'],
    time: ['occurrenceDateTime', 'occurrenceString'],
    rest: ['status', 'statusReason'],
  },
  MedicationRequest: {
    code: ['medicationCodeableConcept'],
    time: ['authoredOn'],
    rest: ['status', 'intent', 'doNotPerform', 'dosageInstruction', 'dispenseRequest'],
  },
  Observation: {
    code: ['code'],
    time: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant'],
    rest: [
      'status',
      'valueQuantity',
      'valueCodeableConcept',
      'valueString',
      'valueBoolean',
      'valueInteger',
      'valueRange',
      'valueRatio',
      'valueTime',
      'valueDateTime',
      'valuePeriod',
      'dataAbsentReason',
      'component',
    ],
  },
  Procedure: {
    code: ['code'],
    time: ['performedDateTime', 'performedPeriod'],
    rest: ['status', 'statusReason', 'bodySite'],
  },
  ServiceRequest: { code: ['code'], time: ['authoredOn'], rest: ['status', 'intent', 'doNotPerform'] },
};

/** The types whose facts count once. */
export const keyedTypes = Object.keys(keys).sort();

/** Columns of a typed table with their DuckDB types. */
export type Columns = ReadonlyMap<string, string>;

/**
 * SQL of the key of a row, null where it has none. Reads `temp.fact_code` and `temp.fact_code_list` (`concept_key, best_code`).
 * Undefined when the typed table has no code or no time of the type.
 */
export function documentKey(type: string, columns: Columns): string | undefined {
  const key = keys[type];
  if (!key) return undefined;
  const held = (names: readonly string[]): string[] => names.filter((name) => columns.has(name));
  const code = held(key.code).map((name) => comparable(type, name, columns));
  const time = held(key.time);
  if (code.length === 0 || time.length === 0) return undefined;
  const status = columns.has('status') ? `status is distinct from 'entered-in-error'` : 'true';
  const exact = key.exact
    ? time.map((name) => `${quoteIdentifier(name)}."start".lo = ${quoteIdentifier(name)}."start".hi`)
    : [];
  const conditions = [
    `coalesce(${code.join(', ')}) is not null`,
    `coalesce(${time.map((name) => comparable(type, name, columns)).join(', ')}) is not null`,
    status,
    ...exact,
  ];
  const parts = [...held(key.code), ...time, ...held(key.rest)].map((name) =>
    comparable(type, name, columns),
  );
  return `case when ${conditions.join(' and ')} then [${parts.join(', ')}]::varchar end`;
}

/** A value as text: concepts by their best known code, instants without the offset that they were stated with. */
function comparable(type: string, name: string, columns: Columns): string {
  const column = quoteIdentifier(name);
  const duckdbType = columns.get(name)!;
  if (duckdbType === 'UBIGINT') {
    const list = findElement(type, name)?.list === true;
    return `(select best_code from temp.${list ? 'fact_code_list' : 'fact_code'} where concept_key = ${column})`;
  }
  if (name === 'valueQuantity') return quantity(column, duckdbType);
  return `regexp_replace(${column}::varchar, '''zone'': -?\\d+', '', 'g')`;
}

/** By code where there is one: the unit beside it is for people. */
function quantity(column: string, duckdbType: string): string {
  const has = (field: string): boolean => new RegExp(`[("\\s]${field}"? `).test(duckdbType);
  const unit = ['code', 'unit'].filter(has).map((field) => `${column}."${field}"`);
  const parts = [
    ...(has('comparator') ? [`${column}."comparator"`] : []),
    `${column}."value"`,
    ...(unit.length > 0 ? [`coalesce(${unit.join(', ')})`] : []),
  ];
  return has('value') ? `nullif(concat_ws(' ', ${parts.join(', ')}), '')` : `${column}::varchar`;
}
