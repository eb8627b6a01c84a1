import { rmSync, statSync } from 'node:fs';
import { completeLoads, loadPaths, type LoadReport } from '@catchment/ingest';
import type { SqlConfiguration } from '@catchment/store';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { findMissing, usualShrink } from '../csv/convert/find-missing';
import type { PullSurroundings } from '../pull/pull-export';
import { readResources, type ReadResources } from './read-resources';

export interface DatabaseRequest {
  source: string;
  configuration: SqlConfiguration;
  password: string | null;
  folder: string;
  /** What changed from there on; null: everything. */
  since: string | null;
  /** May a whole read take away however much is missing in it? */
  allowsLoss?: boolean;
}

export interface LoadedDatabase {
  read: ReadResources;
  /** Absent where nothing was there to be loaded. */
  load: LoadReport | undefined;
  /** Was it to be seen what is gone, and could not be, because a row does not say which resource it is? */
  goneUnknown: boolean;
}

/**
 * Reads the resources of a database and loads them.
 * @throws Diagnostic when the database refuses, or a whole read would take away too much; then nothing is applied
 */
export async function loadDatabase(
  { source, configuration, password, folder, since, allowsLoss = false }: DatabaseRequest,
  { dataDir, useWarehouse, demand, signal, onProgress }: Omit<PullSurroundings, 'pacing'>,
): Promise<LoadedDatabase> {
  const read = await readResources(configuration, password, {
    folder,
    since,
    signal,
    onBytes: (bytes) => onProgress?.({ step: 'downloading', bytes }),
  });
  try {
    const { resources, deletions } = read;
    return await useWarehouse(async (connection) => {
      await completeLoads(connection, dataDir, { signal });
      const looks = since === null && configuration.removesMissing && resources !== undefined;
      const known = looks && (await addMissing(connection, source, read, allowsLoss));
      await deletions.close();
      const gone = statSync(deletions.path).size > 0 ? [deletions.path] : [];
      const goneUnknown = looks && !known;
      if (resources === undefined && gone.length === 0) return { read, load: undefined, goneUnknown };
      const load = await loadPaths({
        connection,
        dataDir,
        paths: resources === undefined ? [] : [resources],
        deletions: gone,
        source,
        origin: 'sql',
        demand,
        signal,
        onProgress: ({ step, done, total }) => onProgress?.({ step, bytes: done, totalBytes: total }),
      });
      return { read, load, goneUnknown };
    }, signal);
  } finally {
    read.deletions.abandon();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns false where a row does not say which resource it is: then it may be one that would be taken away */
async function addMissing(
  connection: Connection,
  source: string,
  { resources = '', deletions, unusable }: ReadResources,
  allowsLoss: boolean,
): Promise<boolean> {
  await connection.run(`create or replace temp table read_resource as
    select json ->> '$.resourceType' as type, json ->> '$.id' as id
    from read_json_objects(${quoteLiteral(resources)}, format = 'newline_delimited', ignore_errors = true,
      maximum_object_size = 33554432)`);
  try {
    const nameless = await connection.first(
      'select 1 as found from temp.read_resource where type is null or id is null limit 1',
    );
    if (nameless || Object.values(unusable).some((count) => count > 0)) return false;
    await findMissing(
      connection,
      {
        source,
        which: 'true',
        named: 'select type, id from temp.read_resource',
        what: 'the whole read',
        largestShrink: allowsLoss ? 1 : usualShrink,
        remedy: 'start the pull once more and allow the loss',
      },
      deletions,
    );
    return true;
  } finally {
    await connection.run('drop table temp.read_resource');
  }
}
