import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Diagnostic } from '@catchment/platform';
import type { Encoding } from '../mapping/mapping-schema';

/** A file that is no extract as a whole: nothing of its drop is applied. */
export class RefusedFile extends Diagnostic {}

const lineFeed = 0x0a;

/**
 * The text of a file, piece by piece; a byte order mark is left out.
 * @param name of the file, for messages
 * @param onBytes told how many bytes of the file were read
 * @throws RefusedFile, with the line, where bytes are none of the encoding; where the file is another format
 */
export async function* decodedText(
  path: string,
  name: string,
  encoding: Encoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string> {
  const head = headOf(path);
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  if (!packed) checkHead(head, name, encoding);
  const raw = createReadStream(path, { highWaterMark: 262_144 });
  if (onBytes) raw.on('data', (chunk) => onBytes(chunk.length));
  const bytes: AsyncIterable<Buffer> = packed ? raw.pipe(createGunzip()) : raw;
  if (packed)
    raw.once('error', (error) =>
      (bytes as NodeJS.ReadableStream & { destroy(e: Error): void }).destroy(error),
    );
  const wide = encoding.startsWith('utf-16');
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let first = packed;
  try {
    for await (const chunk of bytes) {
      if (first) checkHead(chunk.subarray(0, 4), name, encoding);
      first = false;
      if (!wide && chunk.includes(0))
        throw new RefusedFile(
          'the file holds bytes of value 0: it is no text, or its encoding is utf-16le (say so in the mapping)',
          { file: name, line: lines + countLines(chunk.subarray(0, chunk.indexOf(0))) + 1 },
        );
      yield decode(decoder, chunk, { name, encoding, lines });
      lines += countLines(chunk);
    }
    yield decode(decoder, undefined, { name, encoding, lines });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')
      throw new RefusedFile('the packed file is damaged or cut off', { file: name }, { cause: error });
    throw error;
  } finally {
    raw.destroy();
  }
}

function decode(
  decoder: TextDecoder,
  chunk: Buffer | undefined,
  { name, encoding, lines }: { name: string; encoding: Encoding; lines: number },
): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new RefusedFile(
      `the file is not in ${encoding}: say its encoding in the mapping (windows-1252 is the usual one of older systems), or have it written in utf-8`,
      { file: name, line: lines + (chunk ? lineOfFault(chunk, encoding) : 1) },
      { cause },
    );
  }
}

/** The first line of a chunk that cannot be decoded; its first one begins in the chunk before. */
function lineOfFault(chunk: Buffer, encoding: Encoding): number {
  if (encoding.startsWith('utf-16')) return 1;
  for (let start = chunk.indexOf(lineFeed) + 1, line = 2; start > 0; line++) {
    const end = chunk.indexOf(lineFeed, start);
    try {
      new TextDecoder(encoding, { fatal: true }).decode(chunk.subarray(start, end < 0 ? undefined : end), {
        stream: end < 0,
      });
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 1;
}

function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) lines++;
  return lines;
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, 4, 0));
  } finally {
    closeSync(file);
  }
}

/** Formats that are sent in place of CSV, and byte order marks that say another encoding. */
function checkHead(head: Buffer, name: string, encoding: Encoding): void {
  const refuse = (why: string): never => {
    throw new RefusedFile(why, { file: name });
  };
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (head.length === 0) refuse('the file is empty: it has not even a header');
  if (starts(0x50, 0x4b, 0x03, 0x04)) refuse('it is an Excel workbook or a zip archive: save it as CSV');
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) refuse('it is an old Excel workbook: save it as CSV');
  if (starts(0x25, 0x50, 0x44, 0x46)) refuse('it is a PDF document, no CSV');
  const marked = starts(0xef, 0xbb, 0xbf)
    ? 'utf-8'
    : starts(0xff, 0xfe)
      ? 'utf-16le'
      : starts(0xfe, 0xff)
        ? 'utf-16be'
        : undefined;
  if (marked !== undefined && marked !== encoding)
    refuse(`the file says by its first bytes that it is in ${marked}, and the mapping says ${encoding}`);
}
