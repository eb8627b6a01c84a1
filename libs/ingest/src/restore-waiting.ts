import { quoteLiteral } from '@catchment/warehouse';
import { ensureDemand, requireOriginals } from './ensure-demand';
import { filesOfType } from './landing-files';
import { planBatches } from './plan-batches';
import { storeBatches, type StoreOptions } from './store-landed';

/**
 * Stores, out of the landing zone, what waits for patients who are there now. What turns out invalid is quarantined.
 * @returns how many were stored
 */
export async function restoreWaiting(
  options: StoreOptions,
): Promise<{ restored: number; dictionariesGrew: boolean }> {
  const { connection, dataDir, source } = options;
  const outcome = { restored: 0, dictionariesGrew: false };
  const types = await connection.rows<{ type: string }>(
    `select distinct type from registry.waiting where source = $1 and patient in (
       select id from registry.subject where source = $1
     ) order by type`,
    [source],
  );
  await ensureDemand(connection, dataDir, Object.fromEntries(types.map(({ type }) => [type, {}])));
  for (const { type } of types) {
    const found = `from registry.waiting where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}
      and patient in (select id from registry.subject where source = ${quoteLiteral(source)})`;
    await connection.run(
      `create or replace temp table waiting_line as select file_id, line, id, hash ${found}`,
    );
    const files = await filesOfType(connection, 'registry.waiting', type, source);
    await requireOriginals(connection, dataDir, type, files, 'temp.waiting_line');
    // Of a restoring that was killed.
    await connection.run(
      'delete from landing.quarantine where (file_id, line) in (select file_id, line from temp.waiting_line)',
    );
    const waiting = {
      type,
      source,
      relation: 'temp.waiting_line',
      fileIds: files.map(({ fileId }) => fileId),
    };
    const stored = await storeBatches(type, await planBatches(connection, dataDir, waiting, files), {
      ...options,
      onBytes: undefined,
    });
    await connection.run(`delete from registry.waiting where type = ${quoteLiteral(type)}
      and source = ${quoteLiteral(source)} and (file_id, line) in (select file_id, line from temp.waiting_line);
      drop table temp.waiting_line`);
    outcome.restored += stored.loaded;
    outcome.dictionariesGrew ||= stored.dictionariesGrew;
  }
  return outcome;
}
