import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral, type Connection } from './database';
import { createResultTables } from './publish-results';

/**
 * What a warehouse holds that neither the landing zone nor an evaluation makes again: imported value sets and what
 * decides between their versions, what people decided about records of one person and about codes, and how rates and
 * grades went.
 */
const kept = [
  'terminology.value_set',
  'terminology.value_set_code',
  'terminology.code_display',
  'terminology.pin',
  'terminology.refused',
  'terminology.code_mapping',
  'quality.history',
  'identity.rule',
  'identity.decision',
  'identity.pair',
  'results.trend',
];

/** Writes it into files of the folder. */
export async function saveKept(connection: Connection, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const table of kept) {
    const [schema, name] = table.split('.');
    const there = await connection.first(
      `select 1 from duckdb_tables()
       where database_name = current_database() and schema_name = $1 and table_name = $2`,
      [schema!, name!],
    );
    if (there)
      await connection.run(`copy ${table} to ${quoteLiteral(fileOf(folder, table))} (format parquet)`);
  }
}

/** Reads it into another warehouse, whose tables of these names are empty. */
export async function takeKept(connection: Connection, folder: string): Promise<void> {
  await createResultTables(connection);
  for (const table of kept.filter((name) => existsSync(fileOf(folder, name))))
    await connection.run(
      `insert into ${table} by name from read_parquet(${quoteLiteral(fileOf(folder, table))})`,
    );
}

function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.parquet`);
}
