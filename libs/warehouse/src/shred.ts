import type { DemandNode } from '@catchment/fhir';
import { Unsupported } from '@catchment/platform';
import { quoteIdentifier } from './database';
import { conceptSite, underConcept, underStruct, type ConceptSite } from './concept-site';
import { rawStruct, siblingDemand } from './raw-shape';
import { printSqlType, printStructure, type RawType } from './raw-type';
import { resolveProperty, type Property } from './resolve-property';

/** One column of a typed table. */
export interface ShreddedColumn {
  name: string;
  /** SQL type of its normal form. */
  type: string;
  /** SQL over a row or struct named `j` that has the raw shape. */
  expression: string;
}

/** How a resource type becomes a row of its typed table. */
export interface Shred {
  resourceType: string;
  /** For `read_json(…, columns = …)`: `{'code': 'STRUCT(…)', …}`. */
  readColumns: string;
  /** For `from_json(json, …)`: the same shape. */
  structure: string;
  /** The shape as a SQL struct type. */
  rawType: string;
  columns: ShreddedColumn[];
  /** The shape that is read. */
  raw: RawType;
  /** SQL conditions over the normal forms, by column: may a text in it be JSON of another kind? See `shapeFault`. */
  suspicions: { column: string; condition: (value: string) => string }[];
  /** Every place that holds concept keys, for the dictionaries. */
  conceptSites: ConceptSite[];
}

/**
 * Describes how the demanded elements of a resource type are read and brought into normal form
 * (docs/data-model.md). Pure: makes SQL text, runs nothing.
 *
 * @param alsoRead elements to read without a column of their own, for example the patient reference.
 * @throws Defect when the demand names a property that R4 does not have.
 */
export function shred(resourceType: string, demand: DemandNode, alsoRead: DemandNode = {}): Shred {
  const raw = rawStruct(resourceType, mergeNodes(columnDemand(demand), alsoRead));
  const fields = normalFields(resourceType, columnDemand(demand), raw, 0);
  return {
    resourceType,
    readColumns: `{${[...raw.fields]
      .map(([name, type]) => `${quoteIdentifier(name)}: '${printSqlType(type)}'`)
      .join(', ')}}`,
    structure: printStructure(raw),
    rawType: printSqlType(raw),
    columns: fields.map(({ name, type, value }) => ({ name, type, expression: value('j') })),
    raw,
    suspicions: fields.flatMap(({ name, suspicion }) =>
      suspicion ? [{ column: name, condition: suspicion }] : [],
    ),
    conceptSites: fields.flatMap((field) => field.sites),
  };
}

/** One output column or struct field. `value` makes SQL from the SQL of the struct that holds the element. */
interface Field {
  name: string;
  type: string;
  value: (holder: string) => string;
  /** Is a cast of what was read all that is needed? */
  castOnly: boolean;
  sites: ConceptSite[];
  /** SQL condition over the value: may a text in it be JSON of another kind? Undefined when it holds no text. */
  suspicion?: (value: string) => string;
}

function normalFields(
  type: string,
  demand: DemandNode,
  raw: RawType & { kind: 'struct' },
  depth: number,
): Field[] {
  return Object.keys(demand)
    .sort()
    .flatMap((name) => propertyFields(resolveProperty(type, name), demand[name]!, raw, depth));
}

function propertyFields(
  property: Property,
  node: DemandNode,
  holder: RawType & { kind: 'struct' },
  depth: number,
): Field[] {
  const raw = holder.fields.get(property.json);
  switch (property.form) {
    case 'concept':
      return conceptFields(property, node, elementStruct(raw), depth);
    case 'struct':
      return raw ? structFields(property, node, elementStruct(raw), depth) : [];
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'string':
      return [scalarField(property, depth), ...siblingFields(property, node, holder, depth)];
    case 'date':
    case 'dateTime':
    case 'time':
      return [dateField(property, depth), ...siblingFields(property, node, holder, depth)];
  }
}

const scalarTypes = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  decimal: 'DECIMAL(28,8)',
  string: 'VARCHAR',
} as const;

function scalarField({ name, json, form, list }: Property, depth: number): Field {
  const type = scalarTypes[form as keyof typeof scalarTypes] + (list ? '[]' : '');
  if (form === 'decimal') {
    return {
      name,
      type,
      value: (holder) => mapElements(list, field(holder, json), depth, (value) => `fhir_decimal(${value})`),
      castOnly: false,
      sites: [],
    };
  }
  return {
    name,
    type,
    value: (holder) => `${field(holder, json)}::${type}`,
    castOnly: name === json,
    sites: [],
    ...(form === 'string' && {
      suspicion: suspicionOf(list, depth, (value) => `fhir_may_be_json(${value})`),
    }),
  };
}

function suspicionOf(
  list: boolean,
  depth: number,
  condition: (value: string) => string,
): (value: string) => string {
  const element = `s${depth}`;
  return list
    ? (value) => `len(list_filter(${value}, lambda ${element}: ${condition(element)})) > 0`
    : condition;
}

const dateForms = {
  date: { macro: 'fhir_date', type: 'STRUCT(lo TIMESTAMP, hi TIMESTAMP)' },
  dateTime: { macro: 'fhir_datetime', type: 'STRUCT(lo TIMESTAMP, hi TIMESTAMP, zone SMALLINT)' },
  time: { macro: 'fhir_time', type: 'STRUCT(lo TIMESTAMP, hi TIMESTAMP)' },
} as const;

function dateField({ name, json, form, list }: Property, depth: number): Field {
  const { macro, type } = dateForms[form as keyof typeof dateForms];
  return {
    name,
    type: list ? `${type}[]` : type,
    value: (holder) => mapElements(list, field(holder, json), depth, (value) => `${macro}(${value})`),
    castOnly: false,
    sites: [],
  };
}

function structFields(
  { name, json, type, list }: Property,
  node: DemandNode,
  raw: RawType & { kind: 'struct' },
  depth: number,
): Field[] {
  const fields = normalFields(type, node, raw, depth + 1);
  if (fields.length === 0) return [];
  const rawNames = [...raw.fields.keys()];
  const castOnly =
    fields.every((inner) => inner.castOnly) && fields.map((inner) => inner.name).join() === rawNames.join();
  const sqlType = `STRUCT(${fields.map((inner) => `${quoteIdentifier(inner.name)} ${inner.type}`).join(', ')})`;
  const pack = (value: string): string =>
    `case when ${value} is not null then struct_pack(${fields
      .map((inner) => `${quoteIdentifier(inner.name)} := ${inner.value(value)}`)
      .join(', ')}) end`;
  const suspected = fields.flatMap(({ name: inner, suspicion }) =>
    suspicion ? [(value: string) => suspicion(field(value, inner))] : [],
  );
  return [
    {
      name,
      type: list ? `${sqlType}[]` : sqlType,
      ...(suspected.length > 0 && {
        suspicion: suspicionOf(
          list,
          depth,
          (value) => `(${suspected.map((suspicion) => suspicion(value)).join(' or ')})`,
        ),
      }),
      value: (holder) =>
        castOnly
          ? `${field(holder, json)}::${list ? `${sqlType}[]` : sqlType}`
          : mapElements(list, field(holder, json), depth, pack),
      castOnly: castOnly && name === json,
      sites: fields.flatMap((inner) => inner.sites.map((site) => underStruct(name, json, list, site, depth))),
    },
  ];
}

/** The key column of a concept, and what is asked besides as columns with a dotted name. */
function conceptFields(
  { name, json, type, list }: Property,
  node: DemandNode,
  raw: RawType & { kind: 'struct' },
  depth: number,
): Field[] {
  const codings = (value: string): string => (type === 'Coding' ? `[${value}]` : field(value, 'coding'));
  const key = (value: string): string =>
    `case when ${value} is not null then fhir_concept_key(${codings(value)}) end`;
  const keyField: Field = {
    name,
    type: 'UBIGINT',
    value: (holder) =>
      list
        ? `fhir_concept_list_key(${mapElements(true, field(holder, json), depth, key)})`
        : key(field(holder, json)),
    castOnly: false,
    sites: [conceptSite(name, json, list, codings, depth)],
  };
  const besides = normalFields(type, node, raw, depth + 1).map((inner): Field => ({
    name: `${name}.${inner.name}`,
    type: list ? `${inner.type}[]` : inner.type,
    value: (holder) => mapElements(list, field(holder, json), depth, inner.value),
    castOnly: false,
    sites: inner.sites.map((site) => underConcept(name, json, list, site, depth)),
    ...(inner.suspicion && { suspicion: suspicionOf(list, depth, inner.suspicion) }),
  }));
  return [keyField, ...besides];
}

/** Extensions and id of a primitive, as columns with a dotted name. */
function siblingFields(
  { name, json, list }: Property,
  node: DemandNode,
  holder: RawType & { kind: 'struct' },
  depth: number,
): Field[] {
  const siblings = siblingDemand(node);
  if (Object.keys(siblings).length === 0) return [];
  if (list) throw new Unsupported(`extensions on the elements of a list of primitives (${name})`);
  const raw = elementStruct(holder.fields.get(`_${json}`));
  return normalFields('Element', siblings, raw, depth + 1).map((inner) => ({
    name: `${name}.${inner.name}`,
    type: inner.type,
    value: (struct) => inner.value(field(struct, `_${json}`)),
    castOnly: false,
    sites: inner.sites.map((site) => underConcept(name, `_${json}`, false, site, depth)),
    ...(inner.suspicion && { suspicion: inner.suspicion }),
  }));
}

function mapElements(list: boolean, value: string, depth: number, map: (value: string) => string): string {
  const element = `e${depth}`;
  return list ? `list_transform(${value}, lambda ${element}: ${map(element)})` : map(value);
}

function field(holder: string, name: string): string {
  return `${holder}.${quoteIdentifier(name)}`;
}

function elementStruct(raw: RawType | undefined): RawType & { kind: 'struct' } {
  const element = raw?.kind === 'list' ? raw.of : raw;
  return element?.kind === 'struct' ? element : { kind: 'struct', fields: new Map() };
}

/** `id` is a column of every typed table; `resourceType` is the table. */
function columnDemand(demand: DemandNode): DemandNode {
  return Object.fromEntries(
    Object.entries(demand).filter(([name]) => name !== 'id' && name !== 'resourceType'),
  );
}

function mergeNodes(left: DemandNode, right: DemandNode): DemandNode {
  const merged: DemandNode = { ...left };
  for (const [name, node] of Object.entries(right)) merged[name] = mergeNodes(merged[name] ?? {}, node);
  return merged;
}
