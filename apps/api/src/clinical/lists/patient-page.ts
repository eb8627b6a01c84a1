import { Diagnostic } from '@catchment/platform';
import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { Connection, Parameter, Row } from '@catchment/warehouse';
import type { Page } from '../contract';
import type { Marts } from '../marts/marts.service';
import { readCursor, writeCursor } from './cursor';
import { isBehind, orderBy, type SortKey } from './keyset';

/**
 * A list of patients, or of things that patients have: which rows, what of them, in which order.
 * The rows of a page are chosen first, from few columns; what is shown of them is read for the page alone.
 */
export interface PatientList {
  /** Tables to choose from; `patient` has the alias `p`. */
  from: string;
  /** Conditions, the scope of who asks among them. */
  where: string;
  /** Holds every value that `from` and `where` mention. */
  parameters: Parameters;
  /** Alias of the rows, and what of them is carried to the page: `r.*`; `pid` must be in it. */
  row: { alias: string; columns: string };
  /** Further tables for the page's rows, joined to the rows or to `p`. */
  joins?: string;
  /** What is shown: over the rows, `p` and the further tables. */
  columns: string;
  sort: string;
  /** Order over columns of `p` alone, ending in `p.pid`. */
  order: readonly SortKey[];
  /** What tells the rows of one patient apart: SQL texts over the rows that are never null. */
  within: readonly string[];
}

export interface PageRequest {
  cursor?: string;
  limit: number;
}

const identity = '__row';

/** Reads one page after a cursor, and how many rows the whole list has. */
export async function readPatientPage<T>(
  { connection, publication, remember }: Marts,
  scope: Scope,
  list: PatientList,
  { cursor, limit }: PageRequest,
): Promise<Page<T>> {
  const total = await remember(['total', list.from, list.where, list.parameters.values], () =>
    countRows(connection, list),
  );
  const keys = [...list.order, ...list.within.map((sql) => ({ sql }))];
  const parameters = list.parameters.copy();
  let behind = 'true';
  if (cursor) {
    const { row } = readCursor(cursor, publication.runId, list.sort, 1 + list.within.length);
    const values = await sortValues(connection, scope, list.order, row[0]!);
    behind = isBehind(keys, [...values, ...row.slice(1)], parameters);
  }
  const { row: chosen, from, where, joins = '', columns } = list;
  const rows = await connection.rows<Row>(
    `select ${columns}, [${['p.patient_id', ...list.within].join(', ')}] as ${identity}
    from (
        select ${chosen.columns}
        from ${from}
        where ${where} and ${behind}
        order by ${orderBy(keys)}
        limit ${parameters.bind(limit + 1)}
    ) as ${chosen.alias}
    inner join patient as p on p.pid = ${chosen.alias}.pid
    ${joins}
    order by ${orderBy(keys)}`,
    parameters.values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    last && rows.length > limit
      ? writeCursor({ runId: publication.runId, sort: list.sort, row: last[identity] as string[] })
      : null;
  for (const row of page) delete row[identity];
  return { runId: publication.runId, total, rows: page as T[], nextCursor };
}

async function countRows(
  connection: Connection,
  { from, where, parameters }: Pick<PatientList, 'from' | 'where' | 'parameters'>,
): Promise<number> {
  const counted = await connection.first<{ total: number }>(
    `select count(*) as total from ${from} where ${where}`,
    parameters.values,
  );
  return counted?.total ?? 0;
}

/** What the patient of a cursor has in the columns that the list is sorted by; nothing of people out of scope. */
async function sortValues(
  connection: Connection,
  scope: Scope,
  order: readonly SortKey[],
  patientId: string,
): Promise<Parameter[]> {
  const parameters = new Parameters();
  const row = await connection.first<Record<string, Parameter>>(
    `select ${order.map(({ sql }, level) => `${sql} as k${level}`).join(', ')}
    from patient as p
    where p.patient_id = ${parameters.bind(patientId)} and ${panelCondition('p', scope, {}, parameters)}`,
    parameters.values,
  );
  if (!row) throw new Diagnostic('the cursor is not one of this list: start at the first page');
  return order.map((_, level) => row[`k${level}`] ?? null);
}
