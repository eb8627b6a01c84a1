import { createReadStream, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { ConvertedTable } from './convert-table';
import { LineFile } from './line-file';
import type { SetAside } from './set-aside';

const relation = 'temp.extract_row';

/**
 * Rows with the key of another one. In a later file (by name) they are newer and count; in one file, with other content,
 * nobody can say which is right: all of them are set aside. `temp.extract_row` is left behind, for what follows.
 * @returns how many rows a later file replaced
 */
export async function settleRows(
  connection: Connection,
  table: ConvertedTable,
  setAside: SetAside,
): Promise<number> {
  await readRows(connection, table);
  const repeated = await connection.first<{ n: number }>(
    `select count(*) - count(distinct id) as n from ${relation} where state <> 'kept'`,
  );
  if (!repeated?.n) return 0;
  // grain of newest_row: one row per id that a row states; `contents`: what its newest file says of it
  await connection.run(`create or replace temp table newest_row as
    select id, file, count(distinct hash) as contents, min(position) as position
    from ${relation}
    semi join (
      select id, max(file) as file from ${relation} where state <> 'kept' group by id
    ) as newest using (id, file)
    where state <> 'kept'
    group by id, file`);
  const conflicts = connection.portions<{ file: number; line: number }>(`
    select file, line::double as line from ${relation} join temp.newest_row using (id, file)
    where contents > 1 and state <> 'kept' order by file, line`);
  for await (const portion of conflicts) {
    for (const { file, line } of portion) {
      const { name } = table.files[file]!;
      setAside.add({ table: table.table, file: name, line: Number(line), column: null, reason: sameKey });
      table.counts.setAside++;
    }
    await setAside.flush();
  }
  const older = await connection.first<{ n: number }>(`
    select count(*) as n from ${relation} as row join temp.newest_row as newest using (id)
    where row.state <> 'kept' and row.file < newest.file`);
  const before = table.counts.resources;
  await removeLines(connection, table);
  await connection.run(`
    update ${relation} set state = 'kept' where id in (select id from temp.newest_row where contents > 1);
    delete from ${relation} as row using temp.newest_row as newest
      where row.id = newest.id and row.file < newest.file and row.state <> 'kept';
    drop table temp.newest_row`);
  table.counts.resources = Math.min(before, table.counts.resources);
  return older?.n ?? 0;
}

const sameKey =
  'another row of the file has the same key and other content: add columns to the key, or correct the file';

async function readRows(connection: Connection, { rows }: ConvertedTable): Promise<void> {
  await connection.run(`create or replace temp table extract_row as
    select * from read_csv(${quoteLiteral(rows)}, header = false, auto_detect = false, delim = ',', quote = '', escape = '',
      columns = {'id': 'VARCHAR', 'file': 'INTEGER', 'line': 'BIGINT', 'position': 'BIGINT', 'hash': 'VARCHAR',
        'state': 'VARCHAR'})`);
}

/** Writes the resources again without those that do not count. */
async function removeLines(connection: Connection, table: ConvertedTable): Promise<void> {
  const surplus = connection.portions<{ position: number }>(`
    select row.position::double as position from ${relation} as row join temp.newest_row as newest using (id)
    where row.state = 'resource' and (newest.contents > 1 or row.position <> newest.position)
    order by row.position`);
  const next = numbers(surplus);
  let leave = (await next.next()).value;
  if (leave === undefined) return;
  const kept = new LineFile(`${table.resources}.settled`);
  let position = 0;
  let count = 0;
  for await (const line of createInterface({
    input: createReadStream(table.resources),
    crlfDelay: Infinity,
  })) {
    if (++position === leave) {
      leave = (await next.next()).value;
      continue;
    }
    kept.add(line);
    count++;
    await kept.flush();
  }
  await kept.close();
  renameSync(kept.path, table.resources);
  table.counts.resources = count;
}

async function* numbers(portions: AsyncGenerator<{ position: number }[]>): AsyncGenerator<number, undefined> {
  for await (const portion of portions) for (const { position } of portion) yield Number(position);
  return undefined;
}
