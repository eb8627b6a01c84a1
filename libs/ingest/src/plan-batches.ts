import { statSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral, type Connection, type ResourceBatch } from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import { originals, type Original } from './select-landed';
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
  const whole = new Grouping<LandedFile>();
  const partial = new Grouping<Original & Partial<LandedFile>>();
  for (const { file, lines, bytes } of await countLines(connection, waiting, files)) {
    if (isWhole(file, lines)) whole.add(file, bytes);
    else partial.add(file, bytes);
  }
  return [
    ...whole.groups.map((group) => direct(dataDir, waiting, group)),
    ...partial.groups.map((group) => spooled(dataDir, waiting, group)),
  ];
}

/** One batch of everything that waits, for several contents of an id have to meet. */
export async function planVersions(
  connection: Connection,
  dataDir: string,
  waiting: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
): Promise<PlannedBatch> {
  const counted = await countLines(connection, waiting, files);
  const bytes = counted.reduce((sum, each) => sum + each.bytes, 0);
  const batch = spooled(dataDir, waiting, { files: counted.map(({ file }) => file), bytes });
  return {
    bytes,
    prepare: async (...place) => ({ ...(await batch.prepare(...place)), versions: true }),
  };
}

/** The files that waiting lines are in, with how many and about how many bytes. */
async function countLines(
  connection: Connection,
  { relation }: Waiting,
  files: readonly (Original & Partial<LandedFile>)[],
): Promise<{ file: Original & Partial<LandedFile>; lines: number; bytes: number }[]> {
  const counts = await connection.rows<{ file_id: number; n: number }>(
    `select file_id, count(*) as n from ${relation} group by file_id order by file_id`,
  );
  const byId = new Map(files.map((file) => [file.fileId, file]));
  return counts.map(({ file_id, n }) => {
    const file = byId.get(file_id)!;
    const bytes = file.lines ? Math.ceil((file.textBytes! / file.lines) * n) : n * usualBytes;
    return { file, lines: n, bytes };
  });
}

interface Group<F> {
  files: F[];
  bytes: number;
}

/** Files in groups of about `batchBytes`; a file is never divided. */
class Grouping<F> {
  readonly groups: Group<F>[] = [];

  add(file: F, bytes: number): void {
    const last = this.groups.at(-1);
    if (last && last.bytes + bytes <= batchBytes) {
      last.files.push(file);
      last.bytes += bytes;
    } else {
      this.groups.push({ files: [file], bytes });
    }
  }
}

/** Can the file be read where it lies: every line a waiting resource, and nobody changed it since it was landed? */
function isWhole(file: Original & Partial<LandedFile>, waiting: number): file is LandedFile {
  if (file.text?.layout !== 'plain' || file.lines !== waiting) return false;
  return file.text.temporary || statSync(file.path).mtimeMs === file.modified;
}

function direct(dataDir: string, waiting: Waiting, { files, bytes }: Group<LandedFile>): PlannedBatch {
  const { type, source, fileIds, relation } = waiting;
  let before = 0;
  const offsets = files.map(({ fileId, lines }) => {
    const offset = `${fileId}: ${before}`;
    before += lines;
    return offset;
  });
  return {
    bytes,
    prepare: () =>
      Promise.resolve({
        type,
        source,
        fileIds,
        identified: true,
        relation: `select file_id, line, id, json, null::varchar as subject
          from (${originals(dataDir, files, 'line, id, json')})`,
        ndjson: {
          files: files.map(({ text }) => text.path),
          places: `select (map {${offsets.join(', ')}})[file_id] + line - 1 as n, file_id, line, id, hash
            from ${relation} where file_id in (${idsOf(files)})`,
          longestLine: longest(files),
        },
      }),
  };
}

function spooled(
  dataDir: string,
  { type, source, fileIds, relation }: Waiting,
  { files, bytes }: Group<Original & Partial<LandedFile>>,
): PlannedBatch {
  const chosen = `select file_id, line from ${relation} where file_id in (${idsOf(files)})`;
  const texts = (columns: string): string =>
    `select ${columns} from (${originals(dataDir, files, 'line, id, json, type')})
     where type = ${quoteLiteral(type)} and (file_id, line) in (${chosen})`;
  return {
    bytes,
    prepare: async (connection, spool) => {
      await inOrder(
        connection,
        `copy (${texts('json')}) to ${quoteLiteral(spool)}
        (format csv, header false, delimiter '${separator}', quote '', escape '')`,
      );
      return {
        type,
        source,
        fileIds,
        identified: true,
        relation: texts('file_id, line, id, json, null::varchar as subject'),
        ndjson: {
          files: [spool],
          places: `select row_number() over (order by file_id, line) - 1 as n, file_id, line, id, hash
            from (select * from ${relation} where file_id in (${idsOf(files)}))`,
          longestLine: longest(files),
        },
      };
    },
  };
}

/**
 * Runs a statement whose rows keep the order of files and lines: in one thread they pass the join with the waiting
 * lines on the side that is not hashed, whatever the sizes. (Sorting the texts would cost three times as much.)
 * Whoever reads them checks the ids all the same.
 */
async function inOrder(connection: Connection, sql: string): Promise<void> {
  const threads = await ThreadCount.reduce(connection);
  await connection.run(`set preserve_insertion_order = true;
    set disabled_optimizers = 'join_order,build_side_probe_side'`);
  try {
    await connection.run(sql);
  } finally {
    await connection.run('set preserve_insertion_order = false; reset disabled_optimizers');
    await threads.restore();
  }
}

function idsOf(files: readonly Original[]): string {
  return files.map(({ fileId }) => fileId).join(', ');
}

function longest(files: readonly Partial<LandedFile>[]): number {
  return Math.max(0, ...files.map(({ longestLine }) => longestLine ?? 0));
}

/** Where the spool file of a load lies. */
export function spoolFile(folder: string): string {
  return join(folder, `${process.pid}-type.ndjson`);
}
