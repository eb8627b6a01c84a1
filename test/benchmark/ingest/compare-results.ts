import { join } from 'node:path';
import { Defect } from '@catchment/platform';
import { Database, quoteIdentifier, quoteLiteral } from '@catchment/warehouse';

interface Column {
  table_name: string;
  column_name: string;
  data_type: string;
}

/**
 * Compares what was loaded before times count: resources of each type, their ids, and of every column that both have
 * how many values there are (and of timestamps, that they are the same); then the plain load with the packed one.
 * @throws Defect that names what differs.
 */
export async function compareResults(baseline: string, plain: string, packed: string): Promise<void> {
  const database = await Database.open(':memory:');
  const files = { baseline, plain: warehouse(plain), packed: warehouse(packed) };
  for (const [name, file] of Object.entries(files))
    await database.main.run(`attach ${quoteLiteral(file)} as ${name} (read_only)`);
  const columns = await database.main.rows<Column>(
    `select table_name, column_name, data_type from duckdb_columns() where database_name = 'baseline'`,
  );
  for (const type of new Set(columns.map((column) => column.table_name))) {
    const own = columns.filter((column) => column.table_name === type);
    await compareType(database, type, own);
  }
  database.close();
}

function warehouse(dataDir: string): string {
  return join(dataDir, 'warehouse', 'catchment.duckdb');
}

async function compareType(database: Database, type: string, columns: readonly Column[]): Promise<void> {
  const table = quoteIdentifier(type);
  const differs = columns.map(({ column_name, data_type }) => {
    const [column, field] = column_name.split('.') as [string, string | undefined];
    const theirs = `b.${quoteIdentifier(column_name)}`;
    const ours = `l.${quoteIdentifier(column)}${field === undefined ? '' : `.${quoteIdentifier(field)}`}`;
    // Partial dates are null in the baseline.
    return data_type === 'TIMESTAMP'
      ? `(${theirs} is not null and date_trunc('second', ${theirs}) is distinct from date_trunc('second', ${ours}.lo))`
      : `((${theirs} is null) <> (${ours} is null))`;
  });
  for (const name of ['plain', 'packed']) {
    const found = await database.main.first<{ theirs: number; ours: number; same: number }>(`select
      (select count(*) from baseline.${table}) as theirs,
      (select count(*) from ${name}.fhir.${table}) as ours,
      (select count(*) from baseline.${table} as b join ${name}.fhir.${table} as l using (id)
        where not (${differs.join(' or ')})) as same`);
    if (found?.theirs !== found?.ours || found?.theirs !== found?.same)
      throw new Defect(`${type} differs (${name}): ${JSON.stringify(found)}`);
  }
}
