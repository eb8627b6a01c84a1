import { primaryCodePath } from '@catchment/fhir';
import { findElement } from '@catchment/fhir';
import type { Connection } from '@catchment/warehouse';

/** Columns of a typed table by which retrieves select, and whether they hold concepts or lists of them. */
export async function codeColumns(
  connection: Connection,
  type: string,
): Promise<Map<string, 'concept' | 'list'>> {
  const path = primaryCodePath(type);
  if (!path) return new Map();
  const rows = await connection.rows<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_catalog = current_database() and table_schema = 'fhir' and table_name = $1 and data_type = 'UBIGINT'
       and column_name in ($2, $3)`,
    [type, path, `${path}CodeableConcept`],
  );
  const list = findElement(type, path)?.list === true;
  return new Map(rows.map(({ name }) => [name, list ? 'list' : 'concept']));
}

/** The types that have a typed table. */
export async function storedTypes(connection: Connection): Promise<Set<string>> {
  const rows = await connection.rows<{ type: string }>('select type from registry.demand');
  return new Set(rows.map(({ type }) => type));
}
