import { buffer } from 'node:stream/consumers';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { contentLimits, type ContentFile } from './content-limits';
import { Diagnostic } from './failures';

/** What was unpacked so far from an archive and the archives inside it. */
export interface Expanded {
  bytes: number;
  files: number;
}

const ratioAppliesAbove = 10_000_000;

/**
 * The files of a zip archive in memory. Sizes are checked as declared, before unpacking, and again by the unpacker,
 * so that an archive that lies about them is refused, too; nothing is ever written to disk.
 * @throws Diagnostic naming archive and file.
 */
export async function* zipFiles(
  content: Buffer,
  path: string,
  wanted: (relativePath: string) => boolean,
  expanded: Expanded,
  depth: number,
): AsyncGenerator<ContentFile> {
  if (depth > contentLimits.depth) {
    throw new Diagnostic(`archives inside archives more than ${contentLimits.depth} deep`, { file: path });
  }
  const archive = await refusing(path, fromBufferPromise(content, { lazyEntries: true }));
  const entries = archive.eachEntry();
  for (;;) {
    const next = await refusing(path, entries.next());
    if (next.done) return;
    const entry = next.value;
    const inside = `${path}!/${entry.fileName}`;
    if (entry.fileName.endsWith('/') || !wanted(inside)) continue;
    checkEntry(entry, inside, expanded);
    const unpack = async (): Promise<Buffer> => refusing(inside, unpackEntry(archive, entry));
    if (entry.fileName.toLowerCase().endsWith('.zip')) {
      yield* zipFiles(await unpack(), inside, wanted, expanded, depth + 1);
    } else {
      yield { path: inside, text: async () => (await unpack()).toString('utf8') };
    }
  }
}

async function unpackEntry(archive: ZipFile, entry: Entry): Promise<Buffer> {
  return buffer(await archive.openReadStreamPromise(entry));
}

function checkEntry(entry: Entry, inside: string, expanded: Expanded): void {
  const refuse = (why: string): never => {
    throw new Diagnostic(`the archive is refused: ${why}`, { file: inside });
  };
  const size = entry.uncompressedSize;
  expanded.files += 1;
  expanded.bytes += size;
  if (entry.isEncrypted()) refuse('the file is encrypted');
  if (expanded.files > contentLimits.files) refuse(`it holds more than ${contentLimits.files} files`);
  if (size > contentLimits.fileBytes) {
    refuse(`the file unpacks to ${size} bytes, more than the ${contentLimits.fileBytes} that are read`);
  }
  if (expanded.bytes > contentLimits.archiveBytes)
    refuse(`it unpacks to more than ${contentLimits.archiveBytes} bytes`);
  if (size > ratioAppliesAbove && size > entry.compressedSize * contentLimits.ratio) {
    refuse(`the file unpacks to more than ${contentLimits.ratio} times its size`);
  }
}

/** The unpacker's own refusals (damage, `..` or absolute names, wrong sizes) as diagnostics. */
async function refusing<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Diagnostic(`the archive is refused: ${(error as Error).message}`, { file }, { cause: error });
  }
}
