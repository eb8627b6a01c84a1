import { createHash } from 'node:crypto';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';

/** Tables about the publication itself, or that follow from others and from earlier runs. */
const notContent = new Set(['publication', 'trend', 'trend_panel', 'quality_finding', 'quality_history']);

/** Who said what a code means, and when: the same mapping said again is the same content. */
const notContentColumns = new Set(['mapped_by', 'mapped_at']);

/** Numbers that a reload may hand out differently, and what they stand for. */
const resourceNumbers = ['rid', 'episode_rid', 'first_rid', 'latest_rid'];

/**
 * Content hash of the marts in the attached catalog `marts`: independent of row order, run id, time of publishing
 * and of the dense numbers `pid` and `rid` (patients and resources enter by their ids). Same inputs, same hash.
 */
export async function contentHash(connection: Connection): Promise<string> {
  const tables = await connection.rows<{ table_name: string; columns: string[] }>(
    `select table_name, list(column_name order by column_name) as columns from duckdb_columns()
     where database_name = 'marts' and schema_name = 'main' and not internal group by table_name order by table_name`,
  );
  const digest = createHash('sha256');
  for (const { table_name: table, columns } of tables) {
    if (notContent.has(table)) continue;
    const row = await connection.first<{ line: string }>(hashQuery(table, columns));
    digest.update(`${table} ${row?.line}\n`);
  }
  return digest.digest('hex');
}

function hashQuery(table: string, columns: readonly string[]): string {
  const joins: string[] = [];
  const content = columns.filter((column) => !notContentColumns.has(column));
  const fields = content.map((column) => {
    const own = `t.${quoteIdentifier(column)}`;
    const name = quoteLiteral(column);
    if (column === 'pid') {
      joins.push('left join marts.patient as hashed_patient on hashed_patient.pid = t.pid');
      return `${name}: hashed_patient.patient_id`;
    }
    if (resourceNumbers.includes(column)) {
      const alias = quoteIdentifier(`hashed_${column}`);
      joins.push(`left join marts.resource as ${alias} on ${alias}.rid = ${own}`);
      return `${name}: ${alias}.type || '/' || ${alias}.id`;
    }
    return `${name}: ${own}`;
  });
  return `with hashed as (
    select hash({${fields.join(', ')}}) as h from marts.${quoteIdentifier(table)} as t ${joins.join(' ')}
  )
  select count(*)::varchar || ' ' || coalesce(bit_xor(h), 0)::varchar || ' ' || coalesce(sum(h::hugeint), 0)::varchar as line
  from hashed`;
}
