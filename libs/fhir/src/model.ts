import elements from './elements.json';
import { Defect } from '@catchment/platform';

/**
 * The FHIR R4 (4.0.1) element table: type → element → its types, `|`-separated for a choice, `*` for a list.
 * Facts of the published R4 model; code-valued enumerations are `code`.
 */
interface TypeEntry {
  base: string;
  elements: Record<string, string>;
  resource?: true;
  code?: string;
}

const table = elements as Record<string, TypeEntry>;

/** One element of a FHIR type. */
export interface Element {
  /** Alternatives of a choice element, one entry otherwise; names such as `dateTime`, `Period`, `Encounter.Location`. */
  readonly types: readonly string[];
  readonly list: boolean;
  readonly choice: boolean;
}

/** Is this the name of a FHIR R4 resource type that a query can retrieve? */
export function isResourceType(name: string): boolean {
  return table[name]?.resource === true;
}

/** Is this the name of a type that R4 defines, with elements or primitive? */
export function isFhirType(name: string): boolean {
  return name in table || name in primitiveForms || stringTypes.has(name);
}

export function resourceTypes(): string[] {
  return Object.keys(table).filter(isResourceType);
}

/** The element that a retrieve's code filter applies to when ELM names none (model info: primaryCodePath). */
export function primaryCodePath(resourceType: string): string | undefined {
  return table[resourceType]?.code;
}

const foundElements = new Map<string, Map<string, Element | undefined>>();

/** Finds an element of a type, own or inherited; undefined when R4 has none of that name. */
export function findElement(type: string, element: string): Element | undefined {
  const known = foundElements.get(type) ?? new Map<string, Element | undefined>();
  foundElements.set(type, known);
  // The table does not change.
  if (!known.has(element)) known.set(element, readElement(type, element));
  return known.get(element);
}

function readElement(type: string, element: string): Element | undefined {
  for (let current: string | undefined = type; current; current = table[current]?.base) {
    const spec = table[current]?.elements[element];
    if (spec !== undefined) {
      const list = spec.endsWith('*');
      const types = spec.replace(/\*$/, '').split('|').map(plain);
      return { types, list, choice: types.length > 1 };
    }
  }
  return undefined;
}

/** All elements of a type, own and inherited, in no particular order. */
export function elementsOf(type: string): string[] {
  const names: string[] = [];
  for (let current: string | undefined = type; current; current = table[current]?.base) {
    names.push(...Object.keys(table[current]?.elements ?? {}));
  }
  return names;
}

/** `Age`, `Duration`, `Distance`, `Count`, `Money…` are Quantities in R4; returns the type whose shape they have. */
export function shapeOf(type: string): string {
  const entry = table[type];
  if (entry && entry.base === 'Quantity') return 'Quantity';
  return type;
}

/** Name of a choice alternative's JSON property: (`value`, `Quantity`) → `valueQuantity`. */
export function choiceProperty(element: string, type: string): string {
  if (!type) throw new Defect(`choice alternative of ${element} without a type`);
  return element + type[0]!.toUpperCase() + type.slice(1);
}

/** SimpleQuantity is a profile, not a type: the alternative `dose[x]` of that name is `doseQuantity` in JSON. */
function plain(type: string): string {
  if (type === 'SimpleQuantity') return 'Quantity';
  return type.replace(/^System\.(.)/, (_, first: string) => first.toLowerCase());
}

/** How a FHIR type is kept in a warehouse column (docs/data-model.md, "normal forms"). */
export type NormalForm =
  'boolean' | 'integer' | 'decimal' | 'string' | 'date' | 'dateTime' | 'time' | 'concept' | 'struct';

const primitiveForms: Record<string, NormalForm> = {
  boolean: 'boolean',
  integer: 'integer',
  positiveInt: 'integer',
  unsignedInt: 'integer',
  decimal: 'decimal',
  date: 'date',
  dateTime: 'dateTime',
  instant: 'dateTime',
  time: 'time',
  CodeableConcept: 'concept',
  Coding: 'concept',
};

const stringTypes = new Set(
  'string code id uri url canonical oid uuid markdown base64Binary xhtml'.split(' '),
);

/** Normal form of a FHIR type: types with elements of their own are structs, remaining primitives strings. */
export function normalForm(type: string): NormalForm {
  return primitiveForms[type] ?? (table[type] ? 'struct' : 'string');
}
