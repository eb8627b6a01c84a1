import type { Connection } from '@catchment/warehouse';
import type { Manifest } from './manifest';
import { splitCode, type RefusedValueSet, type ValueSet } from './value-set';

export type Origin = 'starter' | 'imported';

/** Codes per statement: keeps a parameter at a few megabytes. */
const batchSize = 50_000;

/**
 * Writes value sets with their codes; a value set of the same canonical, version and origin is replaced. Concept
 * membership is made anew at the next bind. Call it in a transaction.
 */
export async function storeValueSets(
  connection: Connection,
  valueSets: readonly ValueSet[],
  refused: readonly RefusedValueSet[],
  origin: Origin,
): Promise<void> {
  await connection.run(
    'create or replace temp table arrived_value_set (n integer, canonical varchar, version varchar, title varchar)',
  );
  await insertRows(
    connection,
    'temp.arrived_value_set',
    valueSets.map(({ canonical, version, title }, n) => ({ n, canonical, version, title })),
    { n: 'INTEGER', canonical: 'VARCHAR', version: 'VARCHAR', title: 'VARCHAR' },
  );
  await connection.run(`
    create or replace temp table numbered_value_set as
    select arrived.*, coalesce(
      known.vs_id,
      (select coalesce(max(vs_id), 0) from terminology.value_set) + 1 + arrived.n
    ) as vs_id
    from temp.arrived_value_set as arrived
    left join terminology.value_set as known
      on known.canonical = arrived.canonical
      and known.version is not distinct from arrived.version
      and known.origin = '${origin}';
    delete from terminology.value_set where vs_id in (select vs_id from temp.numbered_value_set);
    delete from terminology.value_set_code where vs_id in (select vs_id from temp.numbered_value_set);
    delete from terminology.bound;
    insert into terminology.value_set
    select vs_id, canonical, version, title, '${origin}' from temp.numbered_value_set;
    create or replace temp table arrived_code (n integer, system varchar, code varchar)`);
  for (const batch of batches(valueSets)) {
    await insertRows(connection, 'temp.arrived_code', batch, {
      n: 'INTEGER',
      system: 'VARCHAR',
      code: 'VARCHAR',
    });
  }
  await connection.run(`
    insert into terminology.value_set_code
    select numbered.vs_id, arrived.system, arrived.code
    from temp.arrived_code as arrived
    join temp.numbered_value_set as numbered using (n);
    drop table temp.arrived_code; drop table temp.arrived_value_set; drop table temp.numbered_value_set;
    delete from terminology.refused where canonical in (select canonical from terminology.value_set)`);
  await recordRefused(connection, refused);
}

/** Keeps why value sets were not taken, unless another import had them. */
async function recordRefused(connection: Connection, refused: readonly RefusedValueSet[]): Promise<void> {
  for (const { canonical, version, reason } of refused) {
    await connection.run(
      'delete from terminology.refused where canonical = $1 and version is not distinct from $2::varchar',
      [canonical, version ?? null],
    );
    await connection.run(
      `insert into terminology.refused select $1, $2, $3
       where not exists (
         select 1 from terminology.value_set where canonical = $1 and version is not distinct from $2::varchar
       )`,
      [canonical, version ?? null, reason],
    );
  }
}

/** Pins the versions of a manifest; a pin of the same canonical by an earlier manifest is replaced. */
export async function storePins(connection: Connection, manifest: Manifest): Promise<void> {
  await connection.run('create or replace temp table arrived_pin (canonical varchar, version varchar)');
  await insertRows(connection, 'temp.arrived_pin', manifest.pins, {
    canonical: 'VARCHAR',
    version: 'VARCHAR',
  });
  await connection.run(
    'delete from terminology.pin where canonical in (select canonical from temp.arrived_pin)',
  );
  await connection.run('insert into terminology.pin select canonical, version, $1 from temp.arrived_pin', [
    manifest.id,
  ]);
  await connection.run('drop table temp.arrived_pin');
}

function* batches(
  valueSets: readonly ValueSet[],
): Generator<{ n: number; system: string | null; code: string }[]> {
  let batch: { n: number; system: string | null; code: string }[] = [];
  for (const [n, { codes }] of valueSets.entries()) {
    for (const code of codes) {
      batch.push({ n, ...splitCode(code) });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Inserts rows that are in memory: one JSON parameter, unpacked by the database. */
async function insertRows(
  connection: Connection,
  table: string,
  values: readonly object[],
  columns: Record<string, string>,
): Promise<void> {
  if (values.length === 0) return;
  const fields = Object.keys(columns).map((name) => `row.${name}`);
  await connection.run(
    `insert into ${table} select ${fields.join(', ')}
     from (select unnest(from_json($1, '${JSON.stringify([columns])}')) as row)`,
    [JSON.stringify(values)],
  );
}
