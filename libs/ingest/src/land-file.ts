import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { ReceivedFile } from './receive-file';
import { separator } from './text-survey';

/** A file in the landing zone. */
export interface LandedFile extends ReceivedFile {
  fileId: number;
  /** Was it landed by an earlier load? */
  known: boolean;
}

/** `DATA_DIR/landing`: originals, immutable, named by the hash of the bytes that came. */
export function landingFolder(dataDir: string): string {
  return join(dataDir, 'landing');
}

/** Folders in the landing zone for temporary files: of receiving, of storing, of reading a type again. */
export const workFolders = ['incoming', 'applying', 'reshred'];

/** The original of a file, line by line: `line BIGINT, type VARCHAR, id VARCHAR, hash UBIGINT, json VARCHAR`. */
export function landingFile(dataDir: string, sha256: string): string {
  return join(landingFolder(dataDir), `${sha256}.parquet`);
}

/** So many bytes of text are read by one thread in any case. */
const oneThread = 4_000_000;

/**
 * Writes a received file to the landing zone: wholly or not at all.
 * @returns whether it is new there.
 */
export async function landFile(
  connection: Connection,
  dataDir: string,
  file: ReceivedFile,
): Promise<boolean> {
  const target = landingFile(dataDir, file.sha256);
  if (existsSync(target)) return false;
  mkdirSync(landingFolder(dataDir), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  // Two threads share a large file; whoever reads the lines again counts on their order.
  const ordered = file.text.layout === 'numbered' && file.textBytes > oneThread;
  try {
    if (ordered) await connection.run('set preserve_insertion_order = true');
    await connection.run(`copy (${landedRows(file)}) to ${quoteLiteral(temporary)} (
      format parquet, compression zstd, compression_level 1, row_group_size ${rowGroupSize(file)})`);
    sync(temporary);
    renameSync(temporary, target);
  } finally {
    if (ordered) await connection.run('set preserve_insertion_order = false');
    rmSync(temporary, { force: true });
  }
  return true;
}

/** Brings a file, or the names in a folder, to disk: the ledger must not name what a power cut takes away. */
export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Type and id of nearly every resource stand in front, where a look at the first bytes finds them for a fifth of
 * the cost of parsing; the rest is parsed. Whether the whole text is JSON shows when it is typed.
 */
function landedRows(file: ReceivedFile): string {
  const head = `regexp_extract(json, '^\\{"resourceType":"([A-Za-z]+)","id":"([A-Za-z0-9.-]+)"', ['type', 'id'])`;
  const parsed = (property: string): string =>
    `case when json_valid(json) then nullif(json_extract_string(json, '$.${property}'), '') end`;
  return `select
      line,
      case when head.type <> '' then head.type else ${parsed('resourceType')} end as type,
      case when head.type <> '' then head.id else ${parsed('id')} end as id,
      hash(json) as hash,
      json
    from (select *, ${head} as head from (${numberedLines(file)}))`;
}

function numberedLines({ text, lines, longestLine }: ReceivedFile): string {
  if (lines === 0) return 'select 0::bigint as line, null::varchar as json where false';
  const plain = text.layout === 'plain';
  const columns = plain ? `{'json': 'VARCHAR'}` : `{'line': 'BIGINT', 'json': 'VARCHAR'}`;
  // Lines as they are: no quoting, no header, no comments, no guessing. row_number keeps their order.
  return `select ${plain ? 'row_number() over ()' : 'line'} as line, json
    from read_csv(${quoteLiteral(text.path)}, columns = ${columns}, delim = '${separator}', quote = '', escape = '',
      comment = '', header = false, auto_detect = false, max_line_size = ${Math.max(2_097_152, longestLine + 16)})`;
}

/** Row groups of about 64 MB of text at most: the memory of writing them, and what a look-up of one line reads. */
function rowGroupSize({ lines, textBytes }: ReceivedFile): number {
  const average = Math.max(1, textBytes / Math.max(1, lines));
  return Math.min(30_720, Math.max(2_048, Math.floor(64_000_000 / average)));
}
