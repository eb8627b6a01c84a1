import { Diagnostic } from '@catchment/platform';

/** How many bytes of a file's beginning are looked at to tell what it is. */
export const headBytes = 65_536;

/** What a file's beginning says: resources line by line, one JSON document, or no JSON at all and why. */
export type Sniffed = { kind: 'lines' | 'document' } | { kind: 'other'; reason: string };

const newline = 0x0a;

/**
 * Tells from the (unpacked) beginning of a file what it holds; names are never trusted.
 * @param head the first bytes; `whole` when that is all there is.
 * @param bundles Bundles are expected line by line: one on a line of its own is no document
 */
export function sniff(head: Buffer, whole: boolean, bundles = false): Sniffed {
  if (head.length === 0) return other('is empty');
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04')
    return other('is a ZIP archive; unpack it first');
  if (head.includes(0)) return other('is binary, not FHIR JSON');
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  const start = text.trimStart();
  if (start === '') return other('holds nothing but white space');
  if (start.startsWith('<'))
    return other(start.startsWith('<?xml') ? 'is XML; only FHIR JSON is read' : 'is HTML');
  if (start.startsWith('['))
    return other('is a JSON array; FHIR has none: one resource per line, or a Bundle');
  const lines = start.split('\n');
  // The last line of a head that was cut off says nothing about its own end.
  const complete = whole || head.at(-1) === newline ? lines : lines.slice(0, -1);
  const alone = lines.slice(1).every((line) => line.trim() === '');
  if (alone && isBundle(start) && !bundles) return { kind: 'document' };
  // One object a line, or at least the beginning of one: a broken line does not make a document of the file.
  if (complete.some(isObject) || lines.some((line) => line.startsWith('{"'))) return { kind: 'lines' };
  return start.startsWith('{') ? { kind: 'document' } : other('is not FHIR JSON');
}

/** @throws Diagnostic that names the file. */
export function refuse(path: string, reason: string): never {
  throw new Diagnostic(`the file ${reason}`, { file: path });
}

function other(reason: string): Sniffed {
  return { kind: 'other', reason };
}

function isBundle(line: string): boolean {
  return /"resourceType"\s*:\s*"Bundle"/.test(line.slice(0, 4096));
}

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
