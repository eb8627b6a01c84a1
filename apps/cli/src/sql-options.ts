import type { Command } from 'commander';
import { Diagnostic } from '@catchment/platform';
import type { SqlConfiguration } from '@catchment/store';
import { textOfFile } from './mapping-files';

/** How a database is reached, and what is read there. */
export interface SqlOptions {
  host?: string;
  port: string;
  database?: string;
  user?: string;
  passwordFile?: string;
  tls: string;
  authority?: string;
  table?: string;
  queryFile?: string;
  resourceColumn: string;
  changedColumn?: string;
  deletedColumn?: string;
  removeMissing?: true;
  overlap: string;
}

const tlsModes = ['verify', 'encrypt', 'off'] as const;

export function sqlOptions(command: Command): Command {
  return command
    .option('--sql', 'a PostgreSQL database that has FHIR resources as JSON, one a row')
    .option('--host <name>', 'of the database')
    .option('--port <number>', 'of the database', '5432')
    .option('--database <name>', 'its name')
    .option('--user <name>', 'who reads')
    .option('--password-file <file>', 'file that holds the password; it is kept and never shown')
    .option('--tls <mode>', `${tlsModes.join(', ')}; off for databases of this machine`, 'verify')
    .option('--authority <file>', "PEM of the authority that signed the server's certificate")
    .option('--table <name>', 'table or view, schema.table')
    .option('--query-file <file>', 'a SELECT statement in place of a table')
    .option('--resource-column <name>', 'column of the resources: json, jsonb or text', 'resource')
    .option('--changed-column <name>', 'column that grows with every change: only changes are read')
    .option('--deleted-column <name>', 'column that is true where the resource is gone')
    .option('--remove-missing', 'resources that are in no row of a whole read are gone')
    .option('--overlap <minutes>', 'minutes before the newest change that are read again', '10');
}

export function sqlConfiguration(options: SqlOptions): SqlConfiguration {
  const { host, port, database, user, authority, table, queryFile } = options;
  if (host === undefined || database === undefined || user === undefined)
    throw new Diagnostic('a database needs --host, --database and --user');
  if ((table === undefined) === (queryFile === undefined))
    throw new Diagnostic('a database is read by --table or --query-file');
  const tls = tlsModes.find((mode) => mode === options.tls);
  if (!tls) throw new Diagnostic(`--tls is one of ${tlsModes.join(', ')}`);
  return {
    kind: 'sql',
    host,
    port: Number(port),
    database,
    user,
    tls,
    authority: authority === undefined ? null : textOfFile(authority),
    relation: table === undefined ? { query: textOfFile(queryFile ?? '') } : { table },
    resourceColumn: options.resourceColumn,
    changedColumn: options.changedColumn ?? null,
    deletedColumn: options.deletedColumn ?? null,
    removesMissing: options.removeMissing ?? false,
    overlapMinutes: Number(options.overlap),
  };
}

/** The password of --password-file; undefined without it. */
export function passwordOfOptions({ passwordFile }: SqlOptions): string | undefined {
  return passwordFile === undefined ? undefined : passwordOfFile(passwordFile);
}

/** The password that a file holds, without the line end that editors add. */
export function passwordOfFile(path: string): string {
  return textOfFile(path).replace(/\r?\n$/, '');
}
