import { quoteLiteral, quoteIdentifier, type Connection } from './database';
import { shapeFault } from './shape-fault';
import type { ShreddedColumn } from './shred';
import type { LoadShred, ResourceBatch } from './stage-resources';

/** Resources of a batch that cannot be read: `file_id, line, id, reason, detail`. */
export const unreadable = 'temp.unreadable_resource';

/**
 * Looks at every resource of a batch on its own, quarantines those that cannot be read and lists them in
 * `temp.unreadable_resource`: malformed JSON, an element of another JSON kind than R4 gives it, an invalid value.
 * @returns how many.
 */
export async function setUnreadableAside(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  typed: readonly ShreddedColumn[],
): Promise<number> {
  await connection.run(
    'create or replace temp table unreadable_resource (file_id integer, line bigint, id varchar, reason varchar, detail varchar)',
  );
  await findMalformed(connection, batch);
  await findMisshapen(connection, batch, shredded);
  await findInvalid(connection, batch, shredded, typed);
  // A batch that is looked at again, for a doubtful text or with more memory, has its entries already.
  await connection.run(
    `delete from landing.quarantine where (file_id, line) in (select (file_id, line) from ${unreadable})`,
  );
  await connection.run(
    `insert into landing.quarantine select file_id, line, $1, id, reason, detail from ${unreadable}`,
    [batch.type],
  );
  const counted = await connection.first<{ n: number }>(`select count(*) as n from ${unreadable}`);
  return counted?.n ?? 0;
}

async function findMalformed(connection: Connection, batch: ResourceBatch): Promise<void> {
  await connection.run(`insert into ${unreadable}
    select file_id, line, id, 'malformed-json',
      case when json_valid(json) then 'a property stands twice' end
    from (${batch.relation})
    where case
      when json_valid(json) then len(json_keys(json)) > len(list_distinct(json_keys(json)))
      else true
    end`);
}

interface Text {
  file_id: number;
  line: string;
  id: string;
  json: string;
}

/** Kinds of JSON values are compared here, outside the database, whose reader makes a misfit null. */
async function findMisshapen(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
): Promise<void> {
  const found: object[] = [];
  const rest = `select file_id, line, id, json from (${batch.relation}) anti join ${unreadable} using (file_id, line)`;
  for await (const portion of connection.portions<Text>(rest)) {
    for (const { json, ...place } of portion) {
      const fault = textFault(shredded, json);
      if (fault) found.push({ ...place, ...fault });
    }
  }
  for (let start = 0; start < found.length; start += 10_000) {
    await connection.run(
      `insert into ${unreadable}
       select fault.file_id, fault.line, fault.id, fault.reason, fault.detail
       from (select unnest(from_json($1,
         '[{"file_id": "INTEGER", "line": "BIGINT", "id": "VARCHAR", "reason": "VARCHAR", "detail": "VARCHAR"}]'))
         as fault)`,
      [JSON.stringify(found.slice(start, start + 10_000))],
    );
  }
}

function textFault(shredded: LoadShred, json: string): { reason: string; detail?: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The database's parser lets NaN and Infinity pass, which JSON does not have.
    return { reason: 'malformed-json' };
  }
  const detail = shapeFault(shredded.raw, value);
  return detail === undefined ? undefined : { reason: 'wrong-shape', detail };
}

/** Values that are no date, number or boolean; the detail names the elements, never the value. */
async function findInvalid(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  typed: readonly ShreddedColumn[],
): Promise<void> {
  const attempt = (columns: readonly ShreddedColumn[]): string =>
    `try(list_transform([from_json(json, ${quoteLiteral(shredded.structure)})], lambda j: struct_pack(` +
    `${columns.map(({ name, type, expression }) => `${quoteIdentifier(name)} := (${expression})::${type}`).join(', ')})))`;
  const blamed = typed.map((column) => {
    const shown = column.name.replace('@', 'meta.').replace(/^\./, '');
    return `case when ${attempt([column])} is null then ${quoteLiteral(shown)} end`;
  });
  await connection.run(`insert into ${unreadable}
    select file_id, line, id, 'invalid-value', array_to_string([${blamed.join(', ')}], ', ')
    from (${batch.relation}) anti join ${unreadable} using (file_id, line)
    where ${attempt(typed)} is null`);
}
