import { IANAZone } from 'luxon';
import type { Element } from '../kinds/element';
import { isKind, kindNames, kinds, type KindName } from '../kinds';
import { codeSystemOf, systemAliases } from './code-systems';
import { datePatternFault } from '../convert/dates';
import type { ElementSource, Mapping, TableMapping } from './mapping-schema';

export interface Fault {
  path: string[];
  message: string;
}

/** The kind of a table; undefined where neither `kind` nor its name says one. */
export function kindOf(name: string, { kind = name }: Pick<TableMapping, 'kind'>): KindName | undefined {
  return isKind(kind) ? kind : undefined;
}

export function listed(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** What the schema cannot say: which elements a kind has, what they take, and where references lead. */
export function checkMapping(mapping: Mapping): Fault[] {
  const zone = IANAZone.isValidZone(mapping.timeZone)
    ? []
    : [{ path: ['timeZone'], message: 'is no time zone, for example America/Chicago' }];
  return [
    ...zone,
    ...checkFormats(mapping.dateFormats, []),
    ...Object.entries(mapping.tables).flatMap(([name, table]) => checkTable(name, table, mapping)),
  ];
}

function checkFormats(formats: string[] | undefined, path: string[]): Fault[] {
  return (formats ?? []).flatMap((format, index) => {
    const message = datePatternFault(format);
    return message === undefined ? [] : [{ path: [...path, 'dateFormats', String(index)], message }];
  });
}

function checkTable(name: string, table: TableMapping, mapping: Mapping): Fault[] {
  const path = ['tables', name];
  const kindName = kindOf(name, table);
  if (!kindName)
    return [
      {
        path: [...path, ...(table.kind === undefined ? [] : ['kind'])],
        message: `is no kind of table; write kind: with one of ${kindNames.join(', ')}`,
      },
    ];
  const { elements } = kinds[kindName] as { elements: Record<string, Element & { required?: true }> };
  const faults = checkFormats(table.dateFormats, path);
  for (const [element, { required }] of Object.entries(elements))
    if (required && !table.columns[element])
      faults.push({
        path: [...path, 'columns'],
        message: `${element} is missing; a ${kindName} row needs it`,
      });
  for (const [name, source] of Object.entries(table.columns)) {
    const element = elements[name];
    const at = [...path, 'columns', name];
    if (!element)
      faults.push({
        path: at,
        message: `is no element of ${kindName}; there are ${Object.keys(elements).join(', ')}`,
      });
    else faults.push(...checkSource(source, element, mapping).map((message) => ({ path: at, message })));
  }
  if (table.deletedWhere && table.key === undefined)
    faults.push({ path: [...path, 'deletedWhere'], message: 'needs a key: it says whose resource is gone' });
  if (table.parts !== undefined && (table.extract ?? mapping.extract ?? 'full') !== 'full')
    faults.push({
      path: [...path, 'parts'],
      message: 'is for full extracts; files of changes are read in order',
    });
  return faults;
}

function checkSource(source: ElementSource, element: Element, mapping: Mapping): string[] {
  if (typeof source === 'string')
    return element.type === 'reference' ? checkReference([source], {}, element, mapping) : [];
  if (Array.isArray(source))
    return element.type === 'reference'
      ? checkReference(source, {}, element, mapping)
      : ['takes one column: only references have several'];
  const { column, columns, value, values, system, display, table } = source;
  const faults: string[] = [];
  const given = [column, columns, value].filter((each) => each !== undefined).length;
  if (given !== 1) faults.push('needs exactly one of column, columns and value');
  if (element.type === 'reference') {
    if (value !== undefined || values !== undefined)
      faults.push('is a reference: it takes the columns of the key of its table');
    else faults.push(...checkReference(columns ?? listed(column), { table }, element, mapping));
  } else if (columns !== undefined || table !== undefined)
    faults.push('columns and table are for references');
  const coded = element.type === 'coding' || element.type === 'identifier';
  if (!coded && system !== undefined) faults.push('system is for codes and identifiers');
  if (element.type !== 'coding' && display !== undefined) faults.push('display is for codes');
  const words =
    system === undefined ? [] : typeof system === 'string' ? [system] : Object.values(system.values ?? {});
  for (const word of words)
    if (word !== null && codeSystemOf(word, 'urn:x:y') === undefined)
      faults.push(`"${word}" is no code system: one of ${systemAliases.join(', ')}, or a URL`);
  if (element.type === 'code') {
    const wrong = [value, ...Object.values(values ?? {})].find(
      (each) => each !== undefined && each !== null && !element.codes.includes(each),
    );
    if (wrong !== undefined) faults.push(`"${wrong}" is not among ${element.codes.join(', ')}`);
  }
  return faults;
}

function checkReference(
  columns: readonly string[],
  { table }: { table?: string },
  { kind }: Extract<Element, { type: 'reference' }>,
  mapping: Mapping,
): string[] {
  const target = referredTable(mapping, kind, table);
  if (typeof target === 'string') return [target];
  const { key } = mapping.tables[target.table]!;
  if (key === undefined) return [`refers to the table ${target.table}, which has no key`];
  const expected = listed(key);
  return columns.length === expected.length
    ? []
    : [`needs ${expected.length} columns, like the key of the table ${target.table}: ${expected.join(', ')}`];
}

/** The table that a reference is to, or why there is none. */
export function referredTable(
  { tables }: Mapping,
  kind: string,
  table: string | undefined,
): { table: string } | string {
  const ofKind = Object.entries(tables).flatMap(([name, each]) =>
    kindOf(name, each) === kind ? [name] : [],
  );
  if (table !== undefined)
    return ofKind.includes(table) ? { table } : `there is no table ${table} of the kind ${kind}`;
  if (ofKind.length === 1) return { table: ofKind[0]! };
  return ofKind.length === 0
    ? `refers to ${kind}, and the mapping has no such table`
    : `says with table: which of ${ofKind.join(', ')} is meant`;
}
