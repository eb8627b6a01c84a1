import type { Connection } from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import type { ReceivedFile } from './receive-file';
import type { Original } from './select-landed';

/**
 * Enters files into the ledger of the landing zone, all or none. The same content from the same source keeps the
 * number that it was given first.
 */
export async function recordFiles(
  connection: Connection,
  received: readonly ReceivedFile[],
  source: string,
): Promise<{ files: LandedFile[]; repeated: LandedFile[] }> {
  const known = new Map(
    (
      await connection.rows<{ sha256: string; file_id: number }>(
        'select sha256, file_id from landing.file where source = $1',
        [source],
      )
    ).map(({ sha256, file_id }) => [sha256, file_id]),
  );
  const files = new Map<string, LandedFile>();
  const repeated: LandedFile[] = [];
  await connection.transaction(async () => {
    for (const file of received) {
      const same = files.get(file.sha256);
      if (same) {
        repeated.push({ ...file, fileId: same.fileId, known: true });
        continue;
      }
      const fileId = known.get(file.sha256);
      files.set(file.sha256, {
        ...file,
        fileId: fileId ?? (await recordFile(connection, file, source)),
        known: fileId !== undefined,
      });
    }
  });
  return { files: [...files.values()].sort((left, right) => left.fileId - right.fileId), repeated };
}

async function recordFile(connection: Connection, file: ReceivedFile, source: string): Promise<number> {
  const counter = await connection.first<{ file_id: number }>(
    'update registry.counter set file_id = file_id + 1 returning file_id',
  );
  const fileId = counter!.file_id;
  await connection.run('insert into landing.file values ($1, $2, $3, $4, $5, now()::timestamp)', [
    fileId,
    file.path,
    file.sha256,
    file.bytes,
    source,
  ]);
  return fileId;
}

/** The landed files of a source that hold current resources of a type. */
export async function filesOfType(connection: Connection, type: string, source: string): Promise<Original[]> {
  const rows = await connection.rows<{ file_id: number; sha256: string; path: string }>(
    `select file_id, sha256, path from landing.file
     where file_id in (select file_id from registry.resource where type = $1 and source = $2)
     order by file_id`,
    [type, source],
  );
  return rows.map(({ file_id, sha256, path }) => ({ fileId: file_id, sha256, path }));
}
