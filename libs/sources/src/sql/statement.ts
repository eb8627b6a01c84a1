import { escapeIdentifier } from 'pg';
import { Diagnostic } from '@catchment/platform';
import type { SqlConfiguration } from '@catchment/store';

/** Resources larger than this are set aside: one row must not fill the memory. */
export const mostBytesOfRow = 8_000_000;

/** Types of columns that say when, or in which order, something changed, by their numbers in PostgreSQL. */
const changeTypes = new Map([
  [1184, 'timestamptz'],
  [1114, 'timestamp'],
  [1082, 'date'],
  [20, 'bigint'],
  [23, 'bigint'],
  [21, 'bigint'],
  [1700, 'numeric'],
]);
/** Minutes of a local clock that come twice in autumn. */
const repeatedHour = 60;
const times = new Set(['timestamptz', 'timestamp', 'date']);
const resourceTypes = new Map([
  [114, 'json'],
  [3802, 'jsonb'],
  [25, 'text'],
  [1043, 'varchar'],
]);

/** A column of the relation, as a description of it has it. */
export interface Column {
  name: string;
  dataTypeID: number;
}

/** What is read: as a derived table, so that nothing but a query can stand there. */
export function relationOf({ relation }: SqlConfiguration): string {
  if ('table' in relation) {
    const parts = relation.table.split('.');
    return `(select * from ${parts.map((part) => escapeIdentifier(part)).join('.')}) as source`;
  }
  // The line feed ends a comment in the last line.
  return `(${queryOf(relation.query)}\n) as source`;
}

/** @throws Diagnostic where it is no single query */
export function queryOf(query: string): string {
  const text = query.trim().replace(/;\s*$/, '');
  const start = text.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/|\()+/, '');
  if (!/^(select|with|values|table)\b/i.test(start))
    throw new Diagnostic('the query is one SELECT statement (or WITH … SELECT)');
  return text;
}

export interface Statement {
  text: string;
  parameters: unknown[];
}

/** One row of the statement: the resource is null where it is too large. */
export interface ResourceRow {
  resource: string | null;
  bytes: number | null;
  deleted: boolean;
}

/**
 * Resources of the relation: all, or those whose change is not older than the watermark less the overlap.
 * @param since text of a value of the changed column
 */
export function resourceStatement(
  configuration: SqlConfiguration,
  columns: readonly Column[],
  since: string | null,
): Statement {
  const { deletedColumn } = configuration;
  const resource = `source.${escapeIdentifier(configuration.resourceColumn)}::text`;
  const changes = changesOf(configuration, columns, since, 2);
  const deleted =
    deletedColumn === null ? 'false' : `coalesce(source.${escapeIdentifier(deletedColumn)}, false)`;
  return {
    text: `select
        case when octet_length(content.text) <= $1 then content.text end as resource,
        octet_length(content.text)::double precision as bytes,
        ${deleted} as deleted
      from ${relationOf(configuration)}
      cross join lateral (select ${resource} as text) as content
      ${changes.text}`,
    parameters: [mostBytesOfRow, ...changes.parameters],
  };
}

/** The newest change among what the other statement reads, as text; null where nothing changed. */
export function watermarkStatement(
  configuration: SqlConfiguration,
  columns: readonly Column[],
  since: string | null,
): Statement | undefined {
  const { changedColumn } = configuration;
  if (changedColumn === null) return undefined;
  const changes = changesOf(configuration, columns, since, 1);
  const column = `source.${escapeIdentifier(changedColumn)}`;
  // 9999-12-31 and infinity say "never": as watermark they would pass over everything that comes.
  const sane = times.has(typeOf(changedColumn, columns)) ? `filter (where ${column} < '9000-01-01')` : '';
  return {
    text: `select (max(${column}) ${sane})::text as watermark
      from ${relationOf(configuration)} ${changes.text}`,
    parameters: changes.parameters,
  };
}

function changesOf(
  { changedColumn, overlapMinutes }: SqlConfiguration,
  columns: readonly Column[],
  since: string | null,
  first: number,
): Statement {
  if (changedColumn === null || since === null) return { text: '', parameters: [] };
  const column = `source.${escapeIdentifier(changedColumn)}`;
  const type = typeOf(changedColumn, columns);
  const from = `$${first}::text::${type}`;
  // What was committed late has an earlier time than what was read before; read again, it changes nothing.
  const overlapping = times.has(type);
  const lower = overlapping ? `${from} - make_interval(mins => $${first + 1}::integer)` : from;
  return {
    text: `where ${column} >= ${lower} or ${column} is null`,
    parameters: overlapping ? [since, overlapMinutes + (type === 'timestamp' ? repeatedHour : 0)] : [since],
  };
}

function typeOf(changedColumn: string, columns: readonly Column[]): string {
  return changeTypes.get(columns.find(({ name }) => name === changedColumn)?.dataTypeID ?? 0) ?? 'text';
}

/** @throws Diagnostic naming the columns that the relation has, where one is missing or of another type */
export function checkColumns(configuration: SqlConfiguration, columns: readonly Column[]): void {
  const { resourceColumn, changedColumn, deletedColumn } = configuration;
  const find = (name: string): Column => {
    const found = columns.find((column) => column.name === name);
    if (found) return found;
    const present = columns.map((column) => column.name).join(', ');
    throw new Diagnostic(`there is no column "${name}"; there are ${present || 'none'}`);
  };
  const resource = find(resourceColumn);
  if (!resourceTypes.has(resource.dataTypeID))
    throw new Diagnostic(
      `the column "${resourceColumn}" is none of ${[...resourceTypes.values()].join(', ')}: it has to hold a FHIR resource as JSON`,
    );
  if (changedColumn !== null && !changeTypes.has(find(changedColumn).dataTypeID))
    throw new Diagnostic(
      `the column "${changedColumn}" is none of ${[...new Set(changeTypes.values())].join(', ')}: it has to grow with every change`,
    );
  if (deletedColumn !== null && find(deletedColumn).dataTypeID !== 16)
    throw new Diagnostic(`the column "${deletedColumn}" is no boolean`);
}
