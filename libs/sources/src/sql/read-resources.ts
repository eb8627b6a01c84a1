import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import QueryStream from 'pg-query-stream';
import type { SqlConfiguration } from '@catchment/store';
import { deletionOf } from '../csv/convert/find-missing';
import { LineFile } from '../csv/convert/line-file';
import { readOnly } from './sql-session';
import {
  checkColumns,
  mostBytesOfRow,
  relationOf,
  resourceStatement,
  watermarkStatement,
  type Column,
  type ResourceRow,
} from './statement';

/** What a database gave, as files that can be loaded. */
export interface ReadResources {
  rows: number;
  /** NDJSON of resources, NDJSON of Bundles of deletions; undefined: none. */
  resources: string | undefined;
  deletions: LineFile;
  /** Rows that are no resource that can be loaded: too large, empty, or deleted without saying who. */
  unusable: { tooLarge: number; empty: number; deletedUnnamed: number };
  /** When the database was read, by its own clock, ISO 8601. */
  readAt: string;
  /** What the next read begins at, as text; null: nothing changed, or there is no such column. */
  watermark: string | null;
}

/** So long one statement may take, in milliseconds. */
const pullTimeout = 60 * 60_000;
/** Rows that are fetched at once. */
const batchSize = 32;

export interface ReadOptions {
  /** Of what is written; emptied first. */
  folder: string;
  since: string | null;
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
}

/**
 * Reads the resources of a relation into files, in constant memory, in one transaction that only reads.
 * @throws Diagnostic saying what to do; never password or content of rows
 */
export async function readResources(
  configuration: SqlConfiguration,
  password: string | null,
  { folder, since, signal, onBytes }: ReadOptions,
): Promise<ReadResources> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const resources = new LineFile(join(folder, 'resources.ndjson'));
  const deletions = new LineFile(join(folder, 'deletions.ndjson'));
  const unusable = { tooLarge: 0, empty: 0, deletedUnnamed: 0 };
  let rows = 0;
  let bytes = 0;
  try {
    return await readOnly(configuration, password, { timeout: pullTimeout, signal }, async (client) => {
      const columns = await describe(client, configuration);
      checkColumns(configuration, columns);
      const readAt = await firstText(client, 'select now()::text as text', []);
      const newest = watermarkStatement(configuration, columns, since);
      const watermark = newest
        ? await firstText(client, newest.text.replace(' as watermark', ' as text'), newest.parameters)
        : null;
      const { text, parameters } = resourceStatement(configuration, columns, since);
      const stream = client.query(new QueryStream(text, parameters, { batchSize }));
      for await (const row of stream as AsyncIterable<ResourceRow>) {
        signal?.throwIfAborted();
        rows++;
        add(row, resources, deletions, unusable);
        bytes += row.bytes ?? 0;
        await resources.flush();
        await deletions.flush();
        if (rows % 1_000 === 0) onBytes?.(bytes);
      }
      await resources.close();
      const written = statSync(resources.path).size > 0;
      return {
        rows,
        resources: written ? resources.path : undefined,
        deletions,
        unusable,
        readAt: new Date(readAt ?? '').toISOString(),
        watermark: watermark ?? since,
      };
    });
  } catch (error) {
    resources.abandon();
    deletions.abandon();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The columns of the relation; nothing of it is read. */
export async function describe(client: Client, configuration: SqlConfiguration): Promise<Column[]> {
  // With parameters, the server itself refuses more than one statement.
  const { fields } = await client.query(`select * from ${relationOf(configuration)} limit $1`, [0]);
  return fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }));
}

async function firstText(client: Client, text: string, parameters: unknown[]): Promise<string | null> {
  const { rows } = await client.query<{ text: string | null }>(text, parameters);
  return rows[0]?.text ?? null;
}

function add(
  { resource, bytes, deleted }: ResourceRow,
  resources: LineFile,
  deletions: LineFile,
  unusable: ReadResources['unusable'],
): void {
  if (bytes === null || bytes === 0) unusable.empty++;
  else if (resource === null || bytes > mostBytesOfRow) unusable.tooLarge++;
  else if (deleted) {
    const named = nameOf(resource);
    if (named) deletions.add(deletionOf(named.type, named.id));
    else unusable.deletedUnnamed++;
  }
  // Line ends stand between tokens of JSON only: inside texts they are escaped.
  else resources.add(/[\r\n]/.test(resource) ? resource.replace(/[\r\n]+/g, ' ') : resource);
}

function nameOf(resource: string): { type: string; id: string } | undefined {
  try {
    const { resourceType, id } = JSON.parse(resource) as { resourceType?: unknown; id?: unknown };
    return typeof resourceType === 'string' && typeof id === 'string'
      ? { type: resourceType, id }
      : undefined;
  } catch {
    return undefined;
  }
}
