import { quoteIdentifier, quoteLiteral, typedTable, type Connection } from '@catchment/warehouse';
import { codeColumn } from '../code-column';
import type { TypedColumns } from '../typed-columns';

/**
 * Which patient has which code, by the columns that retrieves select by, how often:
 * `temp.quality_code_use(type, key, listed, pid, resources)`; `key` is of a list of concepts where `listed`.
 */
export async function readCodeUse(connection: Connection, typed: TypedColumns): Promise<void> {
  await connection.run(`create or replace temp table quality_code_use
    (type varchar, key ubigint, listed boolean, pid integer, resources integer)`);
  for (const type of typed.keys()) {
    const code = codeColumn(typed, type);
    if (!code) continue;
    const key = quoteIdentifier(code.name);
    await connection.run(`insert into temp.quality_code_use
      select ${quoteLiteral(type)}, ${key}, ${code.listed}, pid, count(*)
      from ${typedTable(type)} where ${key} is not null and pid is not null
      group by ${key}, pid`);
  }
}
