import { statSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral, type Connection, type ResourceBatch } from '@catchment/warehouse';
import { batchBytes, divideLines, divideText, groupPieces, type Piece } from './divide-files';
import type { LandedFile } from './land-file';
import { originals, type Original } from './select-landed';
import { copyRange } from './spool';
import { separator } from './text-survey';
import { ThreadCount } from './thread-count';

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
  /** Of the whole load, in the order that decides between contents of one id. */
  fileIds: readonly number[];
  /** Has the warehouse none of their ids? */
  fresh?: boolean;
}

/** Bytes of a resource, where nobody knows. */
const usualBytes = 1_500;

/**
 * Divides the waiting resources of a type into batches of about `limit` bytes. A file whose lines all wait is read
 * where it lies, or copied part by part when it is large; of other files the waiting lines are written to a spool file
 * first, out of the landing zone.
 */
export async function planBatches(
  connection: Connection,
  dataDir: string,
  waiting: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
  limit = batchBytes,
): Promise<PlannedBatch[]> {
  const whole: Piece<LandedFile>[] = [];
  const partial: Piece<Original & Partial<LandedFile>>[] = [];
  for (const { file, ...lines } of await countLines(connection, waiting, files)) {
    if (isWhole(file, lines.count)) whole.push(...divideText(file, limit));
    else partial.push(...divideLines(file, lines, limit));
  }
  return [
    ...groupPieces(whole, limit).map((pieces) => direct(dataDir, waiting, pieces)),
    ...groupPieces(partial, limit).map((pieces) => spooled(dataDir, waiting, pieces)),
  ];
}

/** One batch of everything that waits, for several contents of an id have to meet. */
export async function planVersions(
  connection: Connection,
  dataDir: string,
  waiting: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
): Promise<PlannedBatch> {
  const batch = spooled(dataDir, waiting, await countLines(connection, waiting, files));
  return {
    bytes: batch.bytes,
    prepare: async (...place) => ({ ...(await batch.prepare(...place)), versions: true }),
  };
}

/** The waiting lines of a file. */
interface FileLines {
  file: Original & Partial<LandedFile>;
  count: number;
  first: number;
  last: number;
  /** Of text, about. */
  bytes: number;
}

async function countLines(
  connection: Connection,
  { relation }: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
): Promise<FileLines[]> {
  const counts = await connection.rows<{ file_id: number; count: number; first: number; last: number }>(
    `select file_id, count(*) as count, min(line) as first, max(line) as last
     from ${relation} group by file_id order by file_id`,
  );
  const byId = new Map(files.map((file) => [file.fileId, file]));
  return counts.map(({ file_id, ...lines }) => {
    const file = byId.get(file_id)!;
    const perLine = file.lines ? file.textBytes! / file.lines : usualBytes;
    return { file, ...lines, bytes: Math.ceil(perLine * lines.count) };
  });
}

/** Can the file be read where it lies: every line a waiting resource, and nobody changed it since it was landed? */
function isWhole(file: Original & Partial<LandedFile>, waiting: number): file is LandedFile {
  if (file.text?.layout !== 'plain' || file.lines !== waiting) return false;
  return file.text.temporary || statSync(file.path).mtimeMs === file.modified;
}

function direct(
  dataDir: string,
  { type, source, fileIds, fresh, relation }: Waiting,
  pieces: readonly Piece<LandedFile>[],
): PlannedBatch {
  const files = pieces.map(({ file }) => file);
  let before = 0;
  const offsets = pieces.map(({ file, part }) => {
    const offset = `${file.fileId}: ${before - (part ? part.first - 1 : 0)}`;
    before += part ? part.last - part.first + 1 : file.lines;
    return offset;
  });
  return {
    bytes: bytesOf(pieces),
    prepare: (_, spool) => {
      const paths = pieces.map(({ file: { text }, part }) => {
        if (!part?.range) return text.path;
        copyRange(text.path, spool, part.range.start, part.range.end);
        return spool;
      });
      return Promise.resolve({
        ...{ type, source, fileIds, fresh, identified: true },
        relation: `select file_id, line, id, json, null::varchar as subject
          from (${originals(dataDir, files, 'line, id, json')}) where ${linesOf(pieces)}`,
        ndjson: {
          files: paths,
          places: `select (map {${offsets.join(', ')}})[file_id] + line - 1 as n, file_id, line, id, hash
            from ${relation} where ${linesOf(pieces)}`,
          longestLine: longest(files),
        },
      });
    },
  };
}

function spooled(
  dataDir: string,
  { type, source, fileIds, fresh, relation }: Waiting,
  pieces: readonly Piece<Original & Partial<LandedFile>>[],
): PlannedBatch {
  const files = pieces.map(({ file }) => file);
  const chosen = `select file_id, line from ${relation} where ${linesOf(pieces)}`;
  const texts = (columns: string): string =>
    `select ${columns} from (${originals(dataDir, files, 'line, id, json, type')})
     where type = ${quoteLiteral(type)} and ${linesOf(pieces)} and (file_id, line) in (${chosen})`;
  return {
    bytes: bytesOf(pieces),
    prepare: async (connection, spool) => {
      await inOrder(
        connection,
        `copy (${texts('json')}) to ${quoteLiteral(spool)}
        (format csv, header false, delimiter '${separator}', quote '', escape '')`,
      );
      return {
        ...{ type, source, fileIds, fresh, identified: true },
        relation: texts('file_id, line, id, json, null::varchar as subject'),
        ndjson: {
          files: [spool],
          places: `select row_number() over (order by file_id, line) - 1 as n, file_id, line, id, hash
            from (select * from ${relation} where ${linesOf(pieces)})`,
          longestLine: longest(files),
        },
      };
    },
  };
}

/**
 * Runs a statement whose rows keep the order of files and lines: in one thread they pass the join with the waiting
 * lines on the side that is not hashed, whatever the sizes, and none is held back to be joined by others. (Sorting the texts would cost three times as much.)
 * Whoever reads them checks the ids all the same.
 */
async function inOrder(connection: Connection, sql: string): Promise<void> {
  const threads = await ThreadCount.reduce(connection);
  await connection.run(`set preserve_insertion_order = true;
    set disabled_optimizers = 'join_order,build_side_probe_side';
    set enable_caching_operators = false`);
  try {
    await connection.run(sql);
  } finally {
    await connection.run(
      'set preserve_insertion_order = false; reset disabled_optimizers; reset enable_caching_operators',
    );
    await threads.restore();
  }
}

/** SQL condition: the lines of a batch, which is whole files, or part of one. */
function linesOf(pieces: readonly Piece<Original>[]): string {
  const part = pieces[0]?.part;
  const ofFiles = `file_id in (${pieces.map(({ file }) => file.fileId).join(', ')})`;
  return part ? `${ofFiles} and line between ${part.first} and ${part.last}` : ofFiles;
}

function bytesOf(pieces: readonly Piece<unknown>[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}

function longest(files: readonly Partial<LandedFile>[]): number {
  return Math.max(0, ...files.map(({ longestLine }) => longestLine ?? 0));
}

/** Where the spool file of a load lies. */
export function spoolFile(folder: string): string {
  return join(folder, `${process.pid}-type.ndjson`);
}
