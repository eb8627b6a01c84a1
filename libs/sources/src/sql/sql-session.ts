import { Client } from 'pg';
import { Diagnostic } from '@catchment/platform';
import type { SqlConfiguration } from '@catchment/store';
import { sqlFailure } from './sql-failure';

const connectPatience = 15_000;

/**
 * Works in one transaction that can only read and sees one state of the database; ends it, and the connection, in any
 * case.
 * @param password null: the server wants none
 * @param timeout of each statement, in milliseconds
 * @throws Diagnostic saying what to do; never password or values
 */
export async function readOnly<T>(
  configuration: SqlConfiguration,
  password: string | null,
  { timeout, signal }: { timeout: number; signal?: AbortSignal },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { host, port, database, user } = configuration;
  const client = new Client({
    host,
    port,
    database,
    user,
    // Without it pg would take the one of the service's own environment.
    password: password ?? '',
    ssl: tlsOf(configuration),
    application_name: 'catchment',
    connectionTimeoutMillis: connectPatience,
    keepAlive: true,
  });
  // A connection that breaks while nobody waits for it would end the process.
  client.on('error', () => undefined);
  const abort = (): void => void client.end().catch(() => undefined);
  try {
    signal?.throwIfAborted();
    await client.connect();
    signal?.addEventListener('abort', abort, { once: true });
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`set local statement_timeout = ${Math.round(timeout)};
      set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1`);
    return await work(client);
  } catch (error) {
    signal?.throwIfAborted();
    throw sqlFailure(error);
  } finally {
    signal?.removeEventListener('abort', abort);
    await client.end().catch(() => undefined);
  }
}

function tlsOf({ tls, authority }: SqlConfiguration) {
  switch (tls) {
    case 'off':
      return false;
    case 'encrypt':
      return { rejectUnauthorized: false };
    case 'verify':
      return { rejectUnauthorized: true, ...(authority !== null && { ca: authority }) };
    default:
      throw new Diagnostic('the source says no TLS mode');
  }
}
