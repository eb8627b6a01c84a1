import type { TlsOptions } from 'node:tls';
import { Client } from 'pg';
import { Diagnostic } from '@catchment/platform';

/** The user and the database of the embedded server. */
export const embeddedUser = 'catchment';
export const embeddedDatabase = 'catchment';

/** The address of a database behind a Unix socket, in the form that node-postgres reads. */
export function socketUrl(socketFolder: string, database: string = embeddedDatabase): string {
  return `postgresql://${embeddedUser}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
}

export interface ConnectionParts {
  host: string;
  port: number;
  user?: string;
  password?: string;
  database?: string;
  ssl: boolean | TlsOptions;
}

/**
 * What a driver needs to connect, taken apart by node-postgres' own rules.
 * @throws Diagnostic when the text is no PostgreSQL address; it does not repeat the text, which may hold a password.
 */
export function connectionOptions(url: string): ConnectionParts {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Diagnostic('DATABASE_URL must look like postgresql://user:password@host:port/database');
  }
  const { host, port, user, password, database, ssl } = new Client({ connectionString: url });
  return { host, port, user, password, database, ssl };
}
