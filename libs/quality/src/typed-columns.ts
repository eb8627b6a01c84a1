import type { Connection } from '@catchment/warehouse';

/** Of each typed table its columns in order, with their DuckDB types. */
export type TypedColumns = ReadonlyMap<string, ReadonlyMap<string, string>>;

export async function readTypedColumns(connection: Connection): Promise<TypedColumns> {
  const rows = await connection.rows<{ type: string; name: string; of: string }>(
    `select table_name as type, column_name as name, data_type as of from duckdb_columns()
     where database_name = current_database() and schema_name = 'fhir'
     order by table_name, column_index`,
  );
  const columns = new Map<string, Map<string, string>>();
  for (const { type, name, of } of rows) {
    if (!columns.has(type)) columns.set(type, new Map());
    columns.get(type)!.set(name, of);
  }
  return columns;
}
