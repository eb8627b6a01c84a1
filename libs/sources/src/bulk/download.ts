import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Diagnostic } from '@catchment/platform';

export interface Downloaded {
  bytes: number;
  /** Lines that are not blank, unpacked. */
  lines: number;
}

/**
 * Streams an answer's body to a file, in constant memory: unpacked where the transfer was packed, and unpacked, too,
 * where the server sent gzip without saying so. The file appears under its name when all of it is on the disk.
 * @throws Diagnostic when the transfer ends early or is no NDJSON.
 */
export async function download(
  response: Response,
  path: string,
  what: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Downloaded> {
  const partial = `${path}.part`;
  const counter = new LineCounter();
  let bytes = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      counter.add(chunk);
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  try {
    if (response.body) {
      const { head, rest } = await peek(Readable.fromWeb(response.body as never));
      refuseMarkup(head, what);
      const packed = head[0] === 0x1f && head[1] === 0x8b;
      const target = createWriteStream(partial, { mode: 0o600 });
      if (packed) await pipeline(rest, createGunzip(), watch, target, { signal });
      else await pipeline(rest, watch, target, { signal });
    } else {
      await (await open(partial, 'w', 0o600)).close();
    }
    await syncToDisk(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    signal?.throwIfAborted();
    if (error instanceof Diagnostic) throw error;
    throw new TruncatedDownload(`${what} was cut off after ${bytes} bytes`, {}, { cause: error });
  }
  return { bytes, lines: counter.finish() };
}

/** The transfer broke; a further try may succeed. */
export class TruncatedDownload extends Diagnostic {}

async function peek(stream: Readable): Promise<{ head: Buffer; rest: Readable }> {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield Buffer.from(next.value);
  }
  return { head, rest: Readable.from(all(), { objectMode: false }) };
}

function refuseMarkup(head: Buffer, what: string): void {
  if (/^\s*</.test(head.subarray(0, 200).toString('latin1')))
    throw new Diagnostic(`${what} was answered with HTML or XML in place of NDJSON`);
}

async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Counts lines that hold more than white space, also across chunks. */
class LineCounter {
  private lines = 0;
  private started = false;

  add(chunk: Buffer): void {
    for (let start = 0; start < chunk.length;) {
      const end = chunk.indexOf(0x0a, start);
      const stop = end < 0 ? chunk.length : end;
      if (!this.started) this.started = hasInk(chunk, start, stop);
      if (end < 0) return;
      if (this.started) this.lines++;
      this.started = false;
      start = end + 1;
    }
  }

  finish(): number {
    return this.lines + (this.started ? 1 : 0);
  }
}

function hasInk(chunk: Buffer, start: number, stop: number): boolean {
  for (let at = start; at < stop; at++) if (chunk[at]! > 0x20) return true;
  return false;
}
