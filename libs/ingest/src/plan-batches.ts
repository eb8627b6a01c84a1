import { statSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral, type Connection, type ResourceBatch } from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import { originals, type Original } from './select-landed';

/** A batch to be made just before it is stored, so that only one spool file lies on disk at a time. */
export interface PlannedBatch {
  /** Bytes of text, for progress. */
  bytes: number;
  /** Writes what has to be written and describes the batch; `spool` is a path for it. */
  prepare: (connection: Connection, spool: string) => Promise<ResourceBatch>;
}

/** Resources of one type that wait in a relation of `file_id, line, id, hash`. */
export interface Waiting {
  type: string;
  source: string;
  /** Quoted name of the relation. */
  relation: string;
  fileIds: readonly number[];
}

/** About how much text is typed in one statement. */
const batchBytes = 256_000_000;
/** Bytes of a resource, where nobody knows. */
const usualBytes = 1_500;

/**
 * Divides the waiting resources of a type into batches. A file whose lines all wait is read where it lies; of other
 * files the waiting lines are written to a spool file first, out of the landing zone.
 */
export async function planBatches(
  connection: Connection,
  dataDir: string,
  waiting: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
): Promise<PlannedBatch[]> {
  const counts = await connection.rows<{ file_id: number; n: number }>(
    `select file_id, count(*) as n from ${waiting.relation} group by file_id order by file_id`,
  );
  const byId = new Map(files.map((file) => [file.fileId, file]));
  const planned: PlannedBatch[] = [];
  let group: { files: (Original & Partial<LandedFile>)[]; bytes: number; longestLine: number } | undefined;
  const flush = (): void => {
    if (group) planned.push(spooled(dataDir, waiting, group));
    group = undefined;
  };
  for (const { file_id, n } of counts) {
    const file = byId.get(file_id)!;
    if (isWhole(file, n)) {
      planned.push(direct(dataDir, waiting, file));
      continue;
    }
    const bytes = file.lines ? Math.ceil((file.textBytes! / file.lines) * n) : n * usualBytes;
    group ??= { files: [], bytes: 0, longestLine: 0 };
    group.files.push(file);
    group.bytes += bytes;
    group.longestLine = Math.max(group.longestLine, file.longestLine ?? 0);
    if (group.bytes >= batchBytes) flush();
  }
  flush();
  return planned;
}

/** Can the file be read where it lies: every line a waiting resource, and nobody changed it since it was landed? */
function isWhole(file: Original & Partial<LandedFile>, waiting: number): file is LandedFile {
  if (file.text?.layout !== 'plain' || file.lines !== waiting) return false;
  return file.text.temporary || statSync(file.path).mtimeMs === file.modified;
}

function direct(dataDir: string, waiting: Waiting, file: LandedFile): PlannedBatch {
  const { type, source, fileIds } = waiting;
  return {
    bytes: file.textBytes,
    prepare: () =>
      Promise.resolve({
        type,
        source,
        fileIds,
        identified: true,
        relation: `select file_id, line, id, json, null::varchar as subject from (${originals(dataDir, [file], 'line, id, json')})`,
        ndjson: {
          files: [file.text.path],
          places: `select line - 1 as n, file_id, line, id, hash from ${waiting.relation} where file_id = ${file.fileId}`,
          longestLine: file.longestLine,
        },
      }),
  };
}

function spooled(
  dataDir: string,
  { type, source, fileIds, relation }: Waiting,
  { files, bytes, longestLine }: { files: readonly Original[]; bytes: number; longestLine: number },
): PlannedBatch {
  const chosen = `select file_id, line from ${relation} where file_id in (${files.map(({ fileId }) => fileId).join(', ')})`;
  const texts = (columns: string): string =>
    `select ${columns} from (${originals(dataDir, files, 'line, id, json, type')})
     where type = ${quoteLiteral(type)} and (file_id, line) in (${chosen})`;
  return {
    bytes,
    prepare: async (connection, spool) => {
      // The rows keep the order of files and lines.
      await connection.run('set preserve_insertion_order = true');
      try {
        await connection.run(`copy (${texts('json')}) to ${quoteLiteral(spool)}
          (format csv, header false, delimiter '\u0001', quote '', escape '')`);
      } finally {
        await connection.run('set preserve_insertion_order = false');
      }
      return {
        type,
        source,
        fileIds,
        identified: true,
        relation: texts('file_id, line, id, json, null::varchar as subject'),
        ndjson: {
          files: [spool],
          places: `select row_number() over (order by file_id, line) - 1 as n, file_id, line, id, hash
            from (select * from ${relation} where file_id in (${files.map(({ fileId }) => fileId).join(', ')}))`,
          longestLine,
        },
      };
    },
  };
}

/** Where the spool file of a load lies. */
export function spoolFile(folder: string): string {
  return join(folder, `${process.pid}-type.ndjson`);
}
