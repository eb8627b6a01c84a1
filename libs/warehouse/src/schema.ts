import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import type { Connection } from './database';

/**
 * Brings an open warehouse to this version: the migrations that it does not have yet, then the FHIR macros.
 * Idempotent; a second call on the same database costs one query.
 */
export async function prepareWarehouse(connection: Connection): Promise<void> {
  const folder = join(projectRoot(), 'sql', 'migrations');
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  await connection.run('create schema if not exists registry');
  await connection.run(
    'create table if not exists registry.migration (name varchar not null, applied_at timestamp)',
  );
  const done = new Set(
    (await connection.rows<{ name: string }>('select name from registry.migration')).map((row) => row.name),
  );
  const missing = all.filter((name) => !done.has(name));
  // A new warehouse takes all at once, in half the time; in one with data each stands by itself.
  const portions = done.size === 0 ? [missing] : missing.map((name) => [name]);
  for (const portion of portions) {
    await connection.transaction(async () => {
      for (const name of portion) await connection.run(readFileSync(join(folder, name), 'utf8'));
      await connection.run(
        `insert into registry.migration select unnest(from_json($1, '["VARCHAR"]')), now()::timestamp`,
        [JSON.stringify(portion)],
      );
    });
  }
  await installFunctions(connection, 'fhir-');
}

/** (Re)creates the SQL macros of `sql/functions/` whose file name starts with the prefix. */
export async function installFunctions(connection: Connection, prefix: string): Promise<void> {
  const folder = join(projectRoot(), 'sql', 'functions');
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.sql'));
  for (const name of files.sort()) await connection.run(readFileSync(join(folder, name), 'utf8'));
}
