import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Database, martsFolder, readPointer, type Connection } from '@catchment/warehouse';

/**
 * Opens what is published now, read-only, for the time of the work. A run that is published meanwhile changes
 * nothing: the file that was opened is immutable.
 * @throws Diagnostic when nothing was published yet.
 */
export async function withPublishedMarts<T>(
  dataDir: string,
  work: (marts: Connection) => Promise<T>,
): Promise<T> {
  const pointer = readPointer(dataDir);
  if (!pointer) {
    throw new Diagnostic('nothing is published yet: load data and evaluate the measures first');
  }
  const database = await Database.open(join(martsFolder(dataDir), pointer.file), { readOnly: true });
  try {
    return await work(database.main);
  } finally {
    database.close();
  }
}
