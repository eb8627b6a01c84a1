import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { contentLimits, type ContentFile } from './content-limits';
import { Diagnostic } from './failures';

const block = 512;

/**
 * The files of a gzip-compressed tar archive in memory: FHIR packages are distributed as such (`.tgz`). Reads POSIX
 * ustar with extended headers (pax), which is what npm writes. Nothing is ever written to disk.
 * @throws Diagnostic naming archive and file when it is damaged, leaves its folder or unpacks beyond the limits.
 */
export async function* tarFiles(
  content: Buffer,
  path: string,
  wanted: (relativePath: string) => boolean,
): AsyncGenerator<ContentFile> {
  const archive = await unpack(content, path);
  let extendedName: string | undefined;
  let files = 0;
  for (let at = 0; at + block <= archive.length;) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return;
    const size = parseInt(text(header, 124, 12), 8);
    const start = at + block;
    if (!hasChecksum(header) || !Number.isInteger(size) || start + size > archive.length) {
      throw new Diagnostic('the archive is refused: it is no complete tar archive', { file: path });
    }
    const body = archive.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
    const type = text(header, 156, 1);
    if (type === 'x') extendedName = /^\d+ path=(.*)$/m.exec(body.toString('utf8'))?.[1];
    if (type !== '' && type !== '0') continue;
    const name = extendedName ?? [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
    extendedName = undefined;
    const inside = `${path}!/${name}`;
    if (name.startsWith('/') || name.split(/[/\\]/).includes('..')) {
      throw new Diagnostic('the archive is refused: the file is outside its folder', { file: inside });
    }
    if (++files > contentLimits.files) {
      throw new Diagnostic(`the archive is refused: it holds more than ${contentLimits.files} files`, {
        file: path,
      });
    }
    if (wanted(inside)) yield { path: inside, text: async () => body.toString('utf8') };
  }
}

async function unpack(content: Buffer, path: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(content, { maxOutputLength: contentLimits.archiveBytes });
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? `it unpacks to more than ${contentLimits.archiveBytes} bytes`
        : (error as Error).message;
    throw new Diagnostic(`the archive is refused: ${why}`, { file: path }, { cause: error });
  }
}

/** The sum of a header's bytes, its own field counted as spaces. */
function hasChecksum(header: Buffer): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return sum === parseInt(text(header, 148, 8), 8);
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end < 0 ? length : end)
    .toString('utf8')
    .trim();
}
