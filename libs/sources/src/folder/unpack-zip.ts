import { closeSync, createWriteStream, mkdirSync, openSync, readSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { Diagnostic } from '@catchment/platform';

/** Bounds that an export of a large practice stays below; an archive bomb meets one of them. */
export interface ZipLimits {
  files: number;
  /** Size of one file, unpacked. */
  fileBytes: number;
  /** All files together, unpacked. */
  archiveBytes: number;
  /** Unpacked size by packed size, of files above 10 MB. */
  ratio: number;
}

const usualLimits: ZipLimits = { files: 10_000, fileBytes: 20e9, archiveBytes: 100e9, ratio: 250 };
const ratioAppliesAbove = 10_000_000;
/** So much of the disk stays free. */
const reserve = 1_000_000_000;

/** Is it a zip archive, whatever its name says? */
export function isZip(path: string): boolean {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, 4, 0);
  } finally {
    closeSync(file);
  }
  // The second one is an archive without files.
  return ['PK\x03\x04', 'PK\x05\x06'].includes(head.toString('latin1'));
}

/**
 * Unpacks a zip archive into a folder, in constant memory, under names of its own: names of the archive are never used
 * as paths. Sizes are checked as declared, before unpacking, and again by the unpacker.
 * @returns the archive's name of every file by its path
 * @throws Diagnostic naming the entry when the archive is damaged, encrypted, holds archives, leads out of its folder
 *   or unpacks beyond the limits or the free space.
 */
export async function unpackZip(
  path: string,
  folder: string,
  signal?: AbortSignal,
  limits = usualLimits,
): Promise<Map<string, string>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const archive = await refusing(openPromise(path, { lazyEntries: true, autoClose: false }));
  const unpacked = new Map<string, string>();
  try {
    const entries = await checkedEntries(archive, limits);
    await checkSpace(folder, entries);
    for (const [index, entry] of entries.entries()) {
      signal?.throwIfAborted();
      const target = join(folder, `${String(index).padStart(5, '0')}${suffixOf(entry.fileName)}`);
      await refusing(unpackEntry(archive, entry, target, signal), entry.fileName);
      signal?.throwIfAborted();
      if (isZip(target)) refuse('archives inside archives are not read', entry.fileName);
      unpacked.set(target, entry.fileName);
    }
  } finally {
    archive.close();
  }
  if (unpacked.size === 0) refuse('it holds no files');
  return unpacked;
}

async function checkedEntries(archive: ZipFile, limits: ZipLimits): Promise<Entry[]> {
  const entries: Entry[] = [];
  let bytes = 0;
  const all = archive.eachEntry();
  for (;;) {
    const next = await refusing(all.next());
    if (next.done) return entries;
    const entry = next.value;
    if (isClutter(entry.fileName)) continue;
    bytes += entry.uncompressedSize;
    entries.push(entry);
    checkEntry(entry, entries.length, bytes, limits);
  }
}

function checkEntry(entry: Entry, count: number, bytes: number, limits: ZipLimits): void {
  const { fileName, uncompressedSize: size, compressedSize: packed } = entry;
  if (entry.isEncrypted()) refuse('the file is encrypted; send it without a password', fileName);
  if (/\.zip$/i.test(fileName)) refuse('archives inside archives are not read', fileName);
  if (count > limits.files) refuse(`it holds more than ${limits.files} files`);
  if (size > limits.fileBytes)
    refuse(`the file unpacks to ${size} bytes, more than the ${limits.fileBytes} that are read`, fileName);
  if (bytes > limits.archiveBytes) refuse(`it unpacks to more than ${limits.archiveBytes} bytes`);
  if (size > ratioAppliesAbove && size > packed * limits.ratio)
    refuse(`the file unpacks to more than ${limits.ratio} times its size`, fileName);
}

async function checkSpace(folder: string, entries: readonly Entry[]): Promise<void> {
  const needed = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const { bavail, bsize } = await statfs(folder);
  if (needed + reserve > bavail * bsize)
    throw new Diagnostic(
      `an archive of ${needed} bytes unpacked does not fit on the disk of the data folder`,
    );
}

async function unpackEntry(
  archive: ZipFile,
  entry: Entry,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const content = await archive.openReadStreamPromise(entry);
  await pipeline(content, createWriteStream(target, { mode: 0o600 }), { signal });
}

/** What a file says of itself counts when it turns out to be something else; the rest of its name does not. */
function suffixOf(name: string): string {
  return /(\.(ndjson|jsonl|json)(\.gz)?)?$/i.exec(name)?.[0].toLowerCase() ?? '';
}

/** What macOS and Windows add to archives by themselves. */
function isClutter(name: string): boolean {
  return name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/.test(name);
}

/** The archive itself is wrong: it will not get better by trying again. */
export class RefusedArchive extends Diagnostic {}

function refuse(why: string, entry?: string): never {
  throw new RefusedArchive(`the archive is refused: ${why}`, { file: entry && basename(entry) });
}

/** The unpacker's own refusals (damage, `..` or absolute names, wrong sizes) as diagnostics. */
async function refusing<T>(work: Promise<T>, entry?: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Diagnostic || (error as Error).name === 'AbortError') throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    // A disk that fails is nobody's archive.
    if (code !== undefined && /^E[A-Z]+$/.test(code)) throw error;
    throw new RefusedArchive(
      `the archive is refused: ${message}`,
      { file: entry && basename(entry) },
      { cause: error },
    );
  }
}
