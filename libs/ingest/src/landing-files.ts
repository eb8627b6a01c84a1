import type { Connection } from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import type { LoadEvent } from './ledger';
import type { ReceivedFile } from './receive-file';
import type { Original } from './select-landed';

/** A landed file that an event names: with its text where this process has just received it. */
export type EventOriginal = Original & Partial<LandedFile> & { kind: LoadEvent['files'][number]['kind'] };

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
  const numbers = new Map(known);
  await connection.transaction(async () => {
    for (const file of event.files) {
      if (!numbers.has(file.sha256)) numbers.set(file.sha256, await numberFile(connection, file, event));
    }
  });
  return event.files.map(({ kind, sha256, path }) => ({
    ...received.get(sha256),
    ...{ kind, sha256, path, fileId: numbers.get(sha256)!, known: known.has(sha256) },
  }));
}

async function numberFile(
  connection: Connection,
  { path, sha256, bytes }: LoadEvent['files'][number],
  { source, at }: LoadEvent,
): Promise<number> {
  const counter = await connection.first<{ file_id: number }>(
    'update registry.counter set file_id = file_id + 1 returning file_id',
  );
  const fileId = counter!.file_id;
  await connection.run('insert into landing.file values ($1, $2, $3, $4, $5, $6::timestamp)', [
    fileId,
    path,
    sha256,
    bytes,
    source,
    at.replace('Z', ''),
  ]);
  return fileId;
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
