import type { Connection } from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import type { EventFile, LoadEvent } from './ledger';
import type { ReceivedFile } from './receive-file';
import type { Original } from './select-landed';

/** A landed file that an event names: with its text where this process has just received it. */
export type EventOriginal = Original & Partial<LandedFile> & { kind: EventFile['kind'] };

/**
 * Numbers the files of an event in `landing.file`. The same content from the same source keeps the number that it was
 * given first.
 * @param received what this process has of them, by hash
 */
export async function numberFiles(
  connection: Connection,
  event: LoadEvent,
  received: ReadonlyMap<string, ReceivedFile>,
): Promise<EventOriginal[]> {
  const known = new Map(
    (
      await connection.rows<{ sha256: string; file_id: number }>(
        'select sha256, file_id from landing.file where source = $1',
        [event.source],
      )
    ).map(({ sha256, file_id }) => [sha256, file_id]),
  );
  const fresh = [...new Map(event.files.map((file) => [file.sha256, file])).values()].filter(
    ({ sha256 }) => !known.has(sha256),
  );
  const numbers = new Map([...known, ...(await numberFresh(connection, fresh, event))]);
  return event.files.map(({ kind, sha256, path }) => ({
    ...received.get(sha256),
    ...{ kind, sha256, path, fileId: numbers.get(sha256)!, known: known.has(sha256) },
  }));
}

/** Gives numbers to files that have none, all or none of them; many files are one statement. */
async function numberFresh(
  connection: Connection,
  files: readonly EventFile[],
  { source, at }: LoadEvent,
): Promise<[sha256: string, fileId: number][]> {
  if (files.length === 0) return [];
  return connection.transaction(async () => {
    const counter = await connection.first<{ last: number }>(
      'update registry.counter set file_id = file_id + $1 returning file_id as last',
      [files.length],
    );
    const numbered = files.map(({ path, sha256, bytes }, index) => ({
      fileId: counter!.last - files.length + 1 + index,
      ...{ path, sha256, bytes },
    }));
    await connection.run(
      `insert into landing.file
       select file.fileId, file.path, file.sha256, file.bytes, $2, $3::timestamp
       from (select unnest(from_json($1,
         '[{"fileId": "INTEGER", "path": "VARCHAR", "sha256": "VARCHAR", "bytes": "BIGINT"}]')) as file)`,
      [JSON.stringify(numbered), source, at.replace('Z', '')],
    );
    return numbered.map(({ sha256, fileId }) => [sha256, fileId]);
  });
}

/** The landed files of a source in which resources of a type are, of a relation with `file_id, type, source`. */
export async function filesOfType(
  connection: Connection,
  relation: 'registry.resource' | 'registry.waiting',
  type: string,
  source: string,
): Promise<Original[]> {
  const rows = await connection.rows<{ file_id: number; sha256: string; path: string }>(
    `select file_id, sha256, path from landing.file
     where file_id in (select file_id from ${relation} where type = $1 and source = $2)
     order by file_id`,
    [type, source],
  );
  return rows.map(({ file_id, sha256, path }) => ({ fileId: file_id, sha256, path }));
}
