import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { FoundFile } from './find-files';
import { bundleEntries, numberDocument, numberLines } from './number-lines';
import { headBytes, refuse, sniff } from './sniff';
import { Spool } from './spool';
import { maximumLineBytes, TextSurvey, type LineEnd } from './text-survey';

/** A file that was read once and can be landed. */
export interface ReceivedFile {
  path: string;
  /** Of the bytes as they came, packed or not. */
  sha256: string;
  bytes: number;
  /**
   * Where its lines are: `plain`, one resource each from line 1 on without gaps; `numbered`, each after its line
   * number (place among the entries, for a Bundle) and a separator.
   */
  text: { path: string; layout: 'plain' | 'numbered'; temporary: boolean };
  /** Where `text` can be divided, when it is plain. */
  marks?: readonly LineEnd[];
  /** Number of lines in `text`. */
  lines: number;
  longestLine: number;
  /** Bytes of the unpacked text. */
  textBytes: number;
  modified: number;
}

export interface ReceiveOptions {
  /** Folder for temporary files. */
  folder: string;
  /** Bundles are expected, one a line; their entries become the lines. */
  bundles?: boolean;
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/**
 * Reads a file once: tells what it is, unpacks it, takes its hash and surveys its lines.
 * @returns undefined when it is no FHIR file and was not asked for by name.
 * @throws Diagnostic, naming the file, when it is empty, truncated, binary, no FHIR JSON or has a line that is too long.
 */
export async function receiveFile(
  file: FoundFile,
  options: ReceiveOptions,
): Promise<ReceivedFile | undefined> {
  const before = statSync(file.path);
  const packed = isGzip(file.path);
  const plain = packed
    ? join(options.folder, `${process.pid}-${before.ino}-${spoolNumber++}.txt`)
    : file.path;
  const read = await readWhole(file, packed ? plain : undefined, options);
  if (!read) return undefined;
  const { kind, survey, sha256, textBytes } = read;
  const received = { path: file.path, sha256, bytes: before.size, modified: before.mtimeMs, textBytes };
  if (kind === 'lines' && survey.regular && !options.bundles) {
    const { lines, longestLine, marks } = survey;
    const text = { path: plain, layout: 'plain', temporary: packed } as const;
    return { ...received, text, marks, lines, longestLine };
  }
  const numbered = join(options.folder, `${process.pid}-${before.ino}-${spoolNumber++}.lines`);
  const counted =
    kind === 'lines'
      ? await numberLines(plain, numbered, options.bundles ? bundleEntries : undefined)
      : await numberDocument(file, plain, numbered);
  if (packed) rmSync(plain);
  if (!counted) {
    rmSync(numbered, { force: true });
    return undefined;
  }
  return { ...received, ...counted, text: { path: numbered, layout: 'numbered', temporary: true } };
}

let spoolNumber = 0;

function isGzip(path: string): boolean {
  const head = Buffer.alloc(2);
  const file = openSync(path, 'r');
  try {
    return readSync(file, head) === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

interface WholeFile {
  kind: 'lines' | 'document';
  survey: TextSurvey;
  sha256: string;
  textBytes: number;
}

async function readWhole(
  file: FoundFile,
  spoolPath: string | undefined,
  { bundles, onBytes, signal }: ReceiveOptions,
): Promise<WholeFile | undefined> {
  const hash = createHash('sha256');
  const survey = new TextSurvey();
  const spool = spoolPath === undefined ? undefined : new Spool(spoolPath);
  const head = new Head();
  let textBytes = 0;
  let kind: 'lines' | 'document' | 'other' | undefined;
  const judge = (whole: boolean): void => {
    const sniffed = sniff(head.bytes, whole, bundles);
    kind = sniffed.kind;
    if (sniffed.kind === 'other' && (file.named || looksLikeFhir(file.path)))
      refuse(file.path, sniffed.reason);
  };
  try {
    for await (const chunk of chunks(file.path, spool !== undefined, (bytes) => {
      hash.update(bytes);
      onBytes?.(bytes.length);
    })) {
      signal?.throwIfAborted();
      if (kind === undefined && head.add(chunk)) judge(false);
      if (kind === 'other') return undefined;
      textBytes += chunk.length;
      survey.add(chunk);
      if (kind === 'lines' && survey.longestLine > maximumLineBytes) {
        refuse(
          file.path,
          `has a line of more than ${maximumLineBytes / 1_000_000} MB (line ${survey.lines + 1})`,
        );
      }
      spool?.write(chunk);
    }
    if (kind === undefined) judge(true);
    survey.finish();
  } finally {
    spool?.close();
    if (spoolPath !== undefined && (kind === undefined || kind === 'other'))
      rmSync(spoolPath, { force: true });
  }
  if (kind === undefined || kind === 'other') return undefined;
  return { kind, survey, sha256: hash.digest('hex'), textBytes };
}

/** The beginning of a file, collected from its chunks. */
class Head {
  bytes: Buffer = Buffer.alloc(0);

  /** @returns whether enough of it is there. */
  add(chunk: Buffer): boolean {
    this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, headBytes - this.bytes.length)]);
    return this.bytes.length >= headBytes;
  }
}

/** Without being named, a file that calls itself FHIR data and is not is an error; a README beside it is not. */
function looksLikeFhir(path: string): boolean {
  return /\.(ndjson|jsonl|json)(\.gz)?$/i.test(path);
}

/** The unpacked chunks of a file; `onRaw` sees them packed. */
async function* chunks(
  path: string,
  packed: boolean,
  onRaw: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 1_048_576 });
  if (!packed) {
    for await (const chunk of raw) {
      onRaw(chunk as Buffer);
      yield chunk as Buffer;
    }
    return;
  }
  const unpacked = createGunzip({ chunkSize: 1_048_576 });
  raw.on('data', (chunk) => onRaw(chunk as Buffer));
  raw.on('error', (error) => unpacked.destroy(error));
  raw.pipe(unpacked);
  try {
    for await (const chunk of unpacked) yield chunk as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') refuse(path, 'is truncated: the gzip stream ends in the middle');
    if (code?.startsWith('Z_')) refuse(path, 'is damaged: not a valid gzip stream');
    throw error;
  } finally {
    raw.destroy();
  }
}
