import { typedTable, type Connection } from '@catchment/warehouse';

/** `aside."Patient"`: rows of a typed table as their source states them, while others stand in their place. */
export function asideTable(type: string): string {
  return typedTable(type).replace(/^fhir\./, 'aside.');
}

/** The types of which rows are set aside. */
export async function asideTypes(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ type: string }>(
    `select table_name as type from duckdb_tables()
     where database_name = current_database() and schema_name = 'aside' order by table_name`,
  );
  return rows.map(({ type }) => type);
}

/**
 * SQL query of the rows of a typed table as their sources state them; `pid` is the record's own. A row that was set aside
 * and whose resource came anew since is the one that was stored then.
 */
export async function statedRows(connection: Connection, type: string): Promise<string> {
  if (!(await asideTypes(connection)).includes(type)) return `select * from ${typedTable(type)}`;
  const aside = `(select * from ${asideTable(type)} where rid in (
    select rid from identity.set_aside join registry.resource using (rid, hash)
  ))`;
  return `select * from ${typedTable(type)} where rid not in (select rid from ${aside})
    union all by name
    select * from ${aside}`;
}
