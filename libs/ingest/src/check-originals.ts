import { existsSync } from 'node:fs';
import { Diagnostic } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { landingFile } from './land-file';
import type { EventFile, LoadEvent } from './ledger';

/** Files that are read in one statement. */
const portion = 200;

/**
 * Checks that every original that the events name is in the landing zone and has the texts that it was written with.
 * @throws Diagnostic naming the first that is not
 */
export async function checkOriginals(
  connection: Connection,
  dataDir: string,
  events: readonly LoadEvent[],
  onChecked?: (done: number, total: number) => void,
): Promise<void> {
  const files = [
    ...new Map(events.flatMap((event) => event.files).map((file) => [file.sha256, file])).values(),
  ];
  const lost = files.find(({ sha256 }) => !existsSync(landingFile(dataDir, sha256)));
  if (lost) throw fault(lost, 'is missing');
  for (let start = 0; start < files.length; start += portion) {
    const group = files.slice(start, start + portion);
    if (!(await isWhole(connection, dataDir, group))) {
      for (const file of group)
        if (!(await isWhole(connection, dataDir, [file]))) throw fault(file, 'is damaged');
    }
    onChecked?.(Math.min(files.length, start + portion), files.length);
  }
}

async function isWhole(
  connection: Connection,
  dataDir: string,
  files: readonly EventFile[],
): Promise<boolean> {
  const paths = files.map(({ sha256 }) => quoteLiteral(landingFile(dataDir, sha256))).join(', ');
  try {
    const changed = await connection.first(
      `select 1 from read_parquet([${paths}]) where hash(json) is distinct from hash limit 1`,
    );
    return changed === undefined;
  } catch (error) {
    // A check that was stopped, or that lacked memory, says nothing about the file.
    if (error instanceof Error && /^(INTERRUPT|Out of Memory) Error/i.test(error.message)) throw error;
    return false;
  }
}

function fault({ path, sha256 }: EventFile, what: string): Diagnostic {
  return new Diagnostic(
    `an original ${what} in the landing zone (${sha256}.parquet); restore it from a backup`,
    {
      file: path,
    },
  );
}
