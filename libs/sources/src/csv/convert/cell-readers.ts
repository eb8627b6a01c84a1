import type { CodeableConcept, Reference } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';
import { kindOf, listed, referredTable } from '../mapping/check-mapping';
import { codeAsWritten, codeSystemOf, localSystemOf } from '../mapping/code-systems';
import type { ElementSource, Mapping } from '../mapping/mapping-schema';
import type { Amount, Element } from '../kinds/element';
import { kinds, type KindName } from '../kinds';
import type { DateReader } from './dates';
import { resourceId } from './resource-id';
import { RowProblem } from './row-problem';

/** What fills one element: its value for a row, undefined where the row says nothing. @throws RowProblem */
export type CellReader = (cells: readonly string[]) => unknown;

/** What readers of a table's cells share. */
export interface TableSurroundings {
  source: string;
  table: string;
  mapping: Mapping;
  /** Number of a column, from 0. */
  indexOf: (column: string) => number;
  isEmpty: (cell: string) => boolean;
  dates: DateReader;
  decimalComma: boolean;
}

type PlainElement = Exclude<Element, { type: 'reference' } | { type: 'identifier' } | { type: 'coding' }>;
type Detailed = Exclude<ElementSource, string | string[]>;

function detailed(source: ElementSource): Detailed {
  if (typeof source === 'string') return { column: source };
  return Array.isArray(source) ? { columns: source } : source;
}

/** The columns that a source names, for the check of the header. */
export function columnsOf(source: ElementSource): string[] {
  const { column, columns, system, display } = detailed(source);
  const ofSystem = typeof system === 'object' ? [system.column] : [];
  return [...listed(column), ...(columns ?? []), ...ofSystem, ...listed(display)];
}

export function cellReader(element: Element, source: ElementSource, table: TableSurroundings): CellReader {
  const details = detailed(source);
  switch (element.type) {
    case 'reference':
      return referenceReader(element.kind, details, table);
    case 'coding':
      return codingReader(details, table);
    case 'identifier':
      return identifierReader(element.system, details, table);
    default:
      return plainReader(element, details, table);
  }
}

/** The text of a cell, translated; undefined: nothing. */
function textReader(
  { column, value, values }: Detailed,
  { indexOf, isEmpty }: TableSurroundings,
): { read: (cells: readonly string[]) => string | undefined; column: string | null } {
  if (column === undefined) return { read: () => value, column: null };
  const index = indexOf(column);
  const read = (cells: readonly string[]): string | undefined => {
    const cell = cells[index]!;
    if (values && Object.hasOwn(values, cell)) return values[cell] ?? undefined;
    if (isEmpty(cell)) return undefined;
    if (values) throw new RowProblem(column, 'the mapping does not translate its value');
    return cell;
  };
  return { read, column };
}

function plainReader(element: PlainElement, details: Detailed, table: TableSurroundings): CellReader {
  const { read, column } = textReader(details, table);
  const convert = converterOf(element, table);
  return (cells) => {
    const text = read(cells);
    if (text === undefined) return undefined;
    const value = convert(text);
    if (value === undefined) throw new RowProblem(column, complaintOf(element));
    return value;
  };
}

function converterOf(
  element: PlainElement,
  { dates, decimalComma }: TableSurroundings,
): (text: string) => unknown {
  switch (element.type) {
    case 'text':
      return (text) => text;
    case 'code':
      return (text) => (element.codes.includes(text) ? text : undefined);
    case 'boolean':
      return (text) => booleans.get(text.toLowerCase());
    case 'date':
      return (text) => dates.date(text);
    case 'date-time':
      return (text) => dates.dateTime(text);
    case 'instant':
      return (text) => dates.instant(text);
    case 'decimal':
      return (text) => amountOf(text, decimalComma);
    case 'result':
      return (text) => amountOf(text, decimalComma) ?? text;
  }
}

const booleans = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', 'n', '0'].map((text) => [text, false] as const),
]);

function complaintOf(element: Element): string {
  switch (element.type) {
    case 'code':
      return `its value is none of ${element.codes.join(', ')}: have the mapping translate it (values)`;
    case 'boolean':
      return 'its value is neither yes nor no: have the mapping translate it (values: … true or false)';
    case 'instant':
      return 'its value is no date with a time in any of the formats';
    case 'date':
    case 'date-time':
      return 'its value is no date in any of the formats';
    default:
      return 'its value is no number';
  }
}

/** A number, with the bound that laboratories write before it. */
export function amountOf(text: string, decimalComma: boolean): Amount | undefined {
  const [, comparator, digits] = /^(<=|>=|<|>)?\s*([+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)$/.exec(text) ?? [];
  if (digits === undefined || digits.includes(decimalComma ? '.' : ',')) return undefined;
  const value = Number(digits.replace(',', '.'));
  if (!Number.isFinite(value)) return undefined;
  return comparator === undefined ? { value } : { value, comparator: comparator as Amount['comparator'] };
}

function identifierReader(
  fixed: string | undefined,
  details: Detailed,
  table: TableSurroundings,
): CellReader {
  const { read } = textReader(details, table);
  const systemOf = systemReader(details, table, fixed);
  return (cells) => {
    const value = read(cells);
    return value === undefined ? undefined : { system: systemOf(cells), value };
  };
}

/** A code that a translation leaves out is one of the source's own: it passes, and data quality lists it. */
function codingReader(details: Detailed, table: TableSurroundings): CellReader {
  const { values, display } = details;
  const { read } = textReader({ ...details, values: undefined }, table);
  const systemOf = systemReader(details, table);
  const local = localSystemOf(table.source, table.table);
  const displayIndex = display === undefined ? undefined : table.indexOf(display);
  return (cells): CodeableConcept | undefined => {
    const written =
      values && details.column !== undefined ? cells[table.indexOf(details.column)]! : read(cells);
    if (written === undefined) return undefined;
    const isTranslated = values !== undefined && Object.hasOwn(values, written);
    const code = isTranslated ? values[written] : table.isEmpty(written) ? undefined : written;
    if (code === undefined || code === null) return undefined;
    const system = values !== undefined && !isTranslated ? local : systemOf(cells);
    const words = displayIndex === undefined ? '' : cells[displayIndex]!;
    const known = words !== '' && !table.isEmpty(words);
    return {
      coding: [{ system, code: codeAsWritten(system, code), ...(known && { display: words }) }],
      ...(known && { text: words }),
    };
  };
}

/** The code system of a cell. @param fixed where the mapping says none */
function systemReader(
  { system }: Detailed,
  table: TableSurroundings,
  fixed?: string,
): (cells: readonly string[]) => string {
  const local = localSystemOf(table.source, table.table);
  const known = (word: string): string | undefined => codeSystemOf(word, local);
  if (system === undefined || typeof system === 'string') {
    const constant = system === undefined ? (fixed ?? local) : known(system);
    if (constant === undefined) throw new Diagnostic(`"${String(system)}" is no code system`);
    return () => constant;
  }
  const { read } = textReader(system, table);
  return (cells) => {
    const word = read(cells);
    const found = word === undefined ? local : known(word);
    if (found === undefined)
      throw new RowProblem(
        system.column,
        'its value is no code system: have the mapping translate it (values)',
      );
    return found;
  };
}

function referenceReader(kind: string, details: Detailed, table: TableSurroundings): CellReader {
  const target = referredTable(table.mapping, kind, details.table);
  if (typeof target === 'string') throw new Diagnostic(target);
  const { resourceType } = kinds[kindOf(target.table, table.mapping.tables[target.table]!) as KindName];
  const columns = details.columns ?? listed(details.column);
  const indexes = columns.map(table.indexOf);
  return (cells): Reference | undefined => {
    const key = indexes.map((index) => cells[index]!);
    const empty = key.filter((cell) => table.isEmpty(cell)).length;
    if (empty === key.length) return undefined;
    if (empty > 0) throw new RowProblem(columns.join(', '), 'a part of the reference is empty');
    return { reference: `${resourceType}/${resourceId(target.table, key)}` };
  };
}
