import { createReadStream, readFileSync, statSync } from 'node:fs';
import { oneLine, readEntries, surveyDocument } from './bundle';
import { DocumentFault } from './document-scanner';
import type { FoundFile } from './find-files';
import { refuse } from './sniff';
import { Spool } from './spool';
import { maximumLineBytes, separator } from './text-survey';

/** What was written to a numbered spool file. */
export interface Counted {
  lines: number;
  longestLine: number;
}

/**
 * Copies the lines that are not blank, each after its number, ended by a line feed alone, valid UTF-8.
 * @param divide what to write for a line, when not the line itself; each part gets the line's number
 */
export async function numberLines(
  from: string,
  to: string,
  divide: (json: string) => string[] = (json) => [json],
): Promise<Counted> {
  const spool = new Numbered(to);
  let number = 0;
  let rest: Buffer[] = [];
  const add = (line: Buffer): void => {
    number++;
    const bytes =
      number === 1 && line.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf' ? line.subarray(3) : line;
    const text = bytes.toString('utf8');
    // A replaced byte makes another text of it: the mark in front makes the line malformed JSON.
    const damaged = text.includes('\ufffd') && !Buffer.from(text).equals(bytes);
    const json = oneLine(text);
    if (json === '') return;
    for (const part of divide(damaged ? `\ufffd${json}` : json)) spool.add(number, part);
  };
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1_048_576 })) {
      let bytes = chunk as Buffer;
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
        add(Buffer.concat([...rest, bytes.subarray(0, end)]));
        rest = [];
        bytes = bytes.subarray(end + 1);
      }
      rest.push(bytes);
    }
    const last = Buffer.concat(rest);
    if (last.length > 0) add(last);
  } finally {
    spool.close();
  }
  return spool;
}

/** The entries of a Bundle that stands on one line; anything else stays as it is. */
export function bundleEntries(json: string): string[] {
  try {
    const bundle = JSON.parse(json) as { resourceType?: unknown; entry?: unknown } | null;
    if (bundle?.resourceType !== 'Bundle') return [json];
    if (bundle.entry === undefined) return [];
    return Array.isArray(bundle.entry) ? bundle.entry.map((entry) => JSON.stringify(entry)) : [json];
  } catch {
    return [json];
  }
}

/** A Bundle's resources, or the one resource that a document is; undefined when it is no FHIR and was not named. */
export async function numberDocument(
  file: FoundFile,
  from: string,
  to: string,
): Promise<Counted | undefined> {
  const spool = new Numbered(to);
  try {
    const head = await surveyDocument(from, maximumLineBytes);
    if (head.resourceType === undefined) {
      if (file.named) refuse(file.path, 'is JSON, but no FHIR: it has no resourceType');
      return undefined;
    }
    if (head.resourceType !== 'Bundle') {
      addDocument(file.path, from, spool);
    } else if (head.bundleType === 'history') {
      refuse(
        file.path,
        'is a Bundle of type history, which is not read: it holds several versions of a resource',
      );
    } else {
      let number = 0;
      await readEntries(from, maximumLineBytes, head, ({ json }) => spool.add(++number, json));
    }
  } catch (error) {
    if (error instanceof DocumentFault) refuse(file.path, error.message);
    throw error;
  } finally {
    spool.close();
  }
  return spool;
}

function addDocument(path: string, from: string, spool: Numbered): void {
  if (statSync(from).size > maximumLineBytes)
    refuse(path, `is one resource of more than ${maximumLineBytes / 1_000_000} MB`);
  const text = readFileSync(from, 'utf8').replace(/^\ufeff/, '');
  try {
    JSON.parse(text);
  } catch {
    refuse(path, 'is malformed JSON');
  }
  spool.add(1, oneLine(text));
}

/** A spool of numbered lines that counts them. */
class Numbered implements Counted {
  lines = 0;
  longestLine = 0;
  private readonly spool: Spool;

  constructor(path: string) {
    this.spool = new Spool(path);
  }

  add(number: number, json: string): void {
    const line = Buffer.from(`${number}${separator}${json}\n`);
    this.lines++;
    this.longestLine = Math.max(this.longestLine, line.length);
    this.spool.write(line);
  }

  close(): void {
    this.spool.close();
  }
}
