import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database, martsFolder, readPointer } from '@catchment/warehouse';

/** The run whose numbers are published, and the hash of its content; undefined while nothing is. */
export async function readPublishedRun(
  dataDir: string,
): Promise<{ runId: string; contentHash: string } | undefined> {
  const pointer = readPointer(dataDir);
  if (!pointer) return undefined;
  const file = join(martsFolder(dataDir), pointer.file);
  if (!existsSync(file)) return undefined;
  const marts = await Database.open(file, { readOnly: true });
  try {
    return await marts.main.first('select run_id as "runId", content_hash as "contentHash" from publication');
  } finally {
    marts.close();
  }
}
