import type { CodeableConcept, Quantity, Reference } from 'fhir/r4';

/** What an element of a kind of table takes from a cell. */
export type Element =
  | { type: 'text' | 'date' | 'date-time' | 'instant' | 'decimal' | 'boolean' | 'result' }
  | { type: 'coding' }
  | { type: 'identifier'; system?: string }
  | { type: 'code'; codes: readonly string[] }
  | { type: 'reference'; kind: string };

export type Elements = Record<string, Element & { required?: true }>;

/** A number that may be a bound: `<5`. */
export type Amount = Pick<Quantity, 'value' | 'comparator'>;

export interface Identifying {
  value: string;
  system: string;
}

/** A number, where the cell has one, else its words. */
export type Result = Amount | string;

interface Cells {
  text: string;
  /** `YYYY-MM-DD`, or less of it */
  date: string;
  /** FHIR dateTime; with a time it has an offset */
  'date-time': string;
  /** FHIR instant: date, time and offset */
  instant: string;
  decimal: Amount;
  boolean: boolean;
  coding: CodeableConcept;
  result: Result;
  identifier: Identifying;
  reference: Reference;
}

type Cell<E extends Element> = E extends { type: 'code'; codes: readonly (infer C)[] }
  ? C
  : Cells[Exclude<E['type'], 'code'>];

/** The values of a row: required elements are there, others may be. */
export type ValuesOf<E extends Elements> = {
  [K in keyof E as E[K] extends { required: true } ? K : never]: Cell<E[K]>;
} & {
  [K in keyof E as E[K] extends { required: true } ? never : K]?: Cell<E[K]>;
};

export const text = { type: 'text' } as const;
export const date = { type: 'date' } as const;
export const dateTime = { type: 'date-time' } as const;
export const instant = { type: 'instant' } as const;
export const decimal = { type: 'decimal' } as const;
export const boolean = { type: 'boolean' } as const;
export const coding = { type: 'coding' } as const;
export const result = { type: 'result' } as const;

/** @param system of the identifiers; absent: numbers of the source itself */
export function identifier(system?: string) {
  return { type: 'identifier', ...(system !== undefined && { system }) } as const;
}

export function code<const C extends readonly string[]>(...codes: C) {
  return { type: 'code', codes } as const;
}

/** @param kind of the table whose rows are referred to */
export function reference<const K extends string>(kind: K) {
  return { type: 'reference', kind } as const;
}

export function required<E extends Element>(element: E): E & { required: true } {
  return { ...element, required: true };
}
