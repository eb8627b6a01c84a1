import type { Connection } from '@catchment/warehouse';
import { splitCode, type ValueSetSource } from './value-set';

/** Codes per statement: keeps a parameter at a few megabytes. */
const batchSize = 20_000;

/**
 * Keeps what publishers of value sets call their codes, for people who choose one; of two names the last one read
 * stands. Call it in a transaction.
 */
export async function storeDisplays(
  connection: Connection,
  sources: readonly Pick<ValueSetSource, 'displays'>[],
): Promise<void> {
  const displays = new Map(sources.flatMap((source) => [...source.displays]));
  if (displays.size === 0) return;
  await connection.run(
    'create or replace temp table arrived_display (system varchar, code varchar, display varchar)',
  );
  const rows = [...displays].map(([key, display]) => ({ ...splitCode(key), display }));
  for (let from = 0; from < rows.length; from += batchSize)
    await connection.run(
      `insert into temp.arrived_display
       select unnest(from_json($1, '[{"system": "VARCHAR", "code": "VARCHAR", "display": "VARCHAR"}]'), recursive := true)`,
      [JSON.stringify(rows.slice(from, from + batchSize))],
    );
  await connection.run(`
    delete from terminology.code_display as held
    where exists (
      select 1 from temp.arrived_display as arrived
      where arrived.code = held.code and arrived.system is not distinct from held.system
    );
    insert into terminology.code_display select system, code, display from temp.arrived_display;
    drop table temp.arrived_display`);
}
