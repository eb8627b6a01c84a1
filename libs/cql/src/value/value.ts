import type { Block, SortKey } from '../plan/block';
import type { Context } from '../lower/context';
import type { Expr } from '../plan/expression';

export type ScalarType = 'Boolean' | 'Integer' | 'Long' | 'Decimal' | 'String';
export type TemporalType = 'Date' | 'DateTime' | 'Time';

/**
 * What an ELM expression is lowered to: a compile-time structure whose leaves are plan expressions.
 * Choice tests, tuple fields, interval boundaries and function calls are resolved on this structure,
 * so that only leaves reach SQL.
 */
export type Value =
  | { kind: 'null' }
  | ScalarValue
  | TemporalValue
  | UncertainValue
  | QuantityValue
  | RatioValue
  | IntervalValue
  | { kind: 'codes'; codes: LiteralCode[]; name: string; concept: boolean }
  | SystemCodeValue
  | ConceptValue
  | ConceptListValue
  | { kind: 'valueSet'; canonical: string; version?: string; name: string }
  | TupleValue
  | FhirValue
  | ChoiceValue
  | ListValue;

export interface ScalarValue {
  kind: 'scalar';
  type: ScalarType;
  expr: Expr;
}

/** Earliest and latest instant of the stated precision (UTC); both null when the value is null. */
export interface TemporalValue {
  kind: 'temporal';
  type: TemporalType;
  lo: Expr;
  hi: Expr;
  /** Minutes east of UTC that a DateTime was stated with; absent: none, as with `Z`. */
  zone?: Expr;
}

/** An integer known only to lie between two bounds (a duration between imprecise dates). */
export interface UncertainValue {
  kind: 'uncertain';
  lo: Expr;
  hi: Expr;
}

export interface QuantityValue {
  kind: 'quantity';
  value: Expr;
  unit: Expr;
}

export interface RatioValue {
  kind: 'ratio';
  numerator: QuantityValue;
  denominator: QuantityValue;
}

export interface IntervalValue {
  kind: 'interval';
  low: Value;
  high: Value;
  lowClosed: Expr;
  highClosed: Expr;
  isNull: Expr;
}

export interface LiteralCode {
  system: string;
  code: string;
  display?: string;
}

/** A System.Code that is computed from its parts. */
export interface SystemCodeValue {
  kind: 'systemCode';
  system: Expr;
  code: Expr;
  version: Expr;
  display: Expr;
}

/** A code or concept of the data, by its key in the concept dictionary. */
export interface ConceptValue {
  kind: 'concept';
  key: Expr;
  /** Was it one Coding in FHIR? Then its system and code can be asked for. */
  coding: boolean;
  /** Elements beside the codings, such as `text` and `extension`. */
  get?: (element: string) => Value;
}

/** A list of codes or concepts of the data, by its key in the concept-list dictionary. */
export interface ConceptListValue {
  kind: 'conceptList';
  key: Expr;
  coding: boolean;
}

export interface TupleValue {
  kind: 'tuple';
  fields: Map<string, Value>;
  isNull: Expr;
  /** Set for an instance of a named class, such as `Quantity` of FHIR. */
  typeName?: string;
}

/** A FHIR resource or complex element; elements are lowered when they are asked for. */
export interface FhirValue {
  kind: 'fhir';
  type: string;
  isNull: Expr;
  /** Set for resources: the resource number, which is the resource's identity. */
  rid?: Expr;
  /** Set for elements held in one SQL value: that value, and where in the resource it stands. */
  packed?: Expr;
  demand?: DemandPath;
  get: (element: string) => Value;
}

export interface ChoiceValue {
  kind: 'choice';
  alternatives: { type: string; value: Value }[];
}

export type ListValue = RelationValue | SqlListValue | ItemsValue;

/** Rows of a block: the form in which resources are handled. Never null, possibly empty. */
export interface RelationValue {
  kind: 'relation';
  block: Block;
  row: Value;
  /** The patient of a row; undefined for resources outside the patient compartment. */
  pid?: Expr;
  order: SortKey[];
}

/** A SQL list, for lists inside one resource and computed lists. May be null. */
export interface SqlListValue {
  kind: 'sqlList';
  list: Expr;
  element: Shape;
}

/** A list whose elements are known one by one at compile time. */
export interface ItemsValue {
  kind: 'items';
  items: Value[];
}

/** How a value is laid out inside one SQL value (a struct field, a list element). */
export type Shape =
  | { kind: 'null' }
  | { kind: 'scalar'; type: ScalarType }
  /** `instant`: without what a DateTime keeps besides its instants, so that equal values are the same. */
  | { kind: 'temporal'; type: TemporalType; instant?: true }
  | { kind: 'quantity' }
  | { kind: 'ratio' }
  | { kind: 'interval'; point: Shape }
  | { kind: 'systemCode' }
  | { kind: 'concept'; coding: boolean }
  | { kind: 'conceptList'; coding: boolean }
  | { kind: 'tuple'; fields: [string, Shape][]; typeName?: string }
  | { kind: 'resource'; type: string }
  | { kind: 'element'; type: string; demand: DemandPath }
  | { kind: 'choice'; alternatives: { type: string; shape: Shape }[] }
  | { kind: 'list'; element: Shape }
  /** Held as `base`; what is meant is read from it where it is used, so that only what is used is computed. */
  | { kind: 'lazy'; base: Shape; read: (base: Value, context: Context) => Value };

/** Where in a resource an element stands, to record what the measure reads. */
export interface DemandPath {
  resourceType: string;
  path: readonly string[];
}

export const NULL_VALUE: Value = { kind: 'null' };
