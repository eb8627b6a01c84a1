import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Database, type Connection } from '@catchment/warehouse';

/**
 * Opens what is published now, read-only, for the time of the work. A run that is published meanwhile changes
 * nothing: the file that was opened is immutable.
 * @throws Diagnostic when nothing was published yet.
 */
export async function withPublishedMarts<T>(
  dataDir: string,
  work: (marts: Connection) => Promise<T>,
): Promise<T> {
  const database = await Database.open(await publishedFile(dataDir), { readOnly: true });
  try {
    return await work(database.main);
  } finally {
    database.close();
  }
}

async function publishedFile(dataDir: string): Promise<string> {
  const pointer = join(dataDir, 'marts', 'current.json');
  let text: string;
  try {
    text = await readFile(pointer, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Diagnostic(
      'nothing is published yet: load data and evaluate the measures first',
      {},
      { cause },
    );
  }
  const { file } = JSON.parse(text) as { file?: unknown };
  if (typeof file !== 'string')
    throw new Diagnostic('the pointer to the published marts names no file', { file: pointer });
  return resolve(dirname(pointer), file);
}
