import { createReadStream } from 'node:fs';
import { DocumentScanner, memberText } from './document-scanner';
import { separator } from './text-survey';

/** An entry of a Bundle as it is landed. */
export interface BundleEntry {
  /** Text of the resource on one line; of the whole entry when it has no resource. */
  json: string;
}

/** What a JSON document turned out to be. */
export interface DocumentHead {
  resourceType: string | undefined;
  /** `Bundle.type`. */
  bundleType: string | undefined;
  /** Where the entries of a Bundle are to be found by others: `urn:uuid:…` → `Patient/1`. */
  references: ReadonlyMap<string, string>;
}

/**
 * First pass over a JSON document: what it is, and how its entries are named.
 * @throws DocumentFault when it is not one well-formed JSON object.
 */
export async function surveyDocument(path: string, maximumBytes: number): Promise<DocumentHead> {
  const references = new Map<string, string>();
  const scanner = await scan(path, maximumBytes, (text) => {
    const { fullUrl, resource } = parse(text) ?? {};
    if (typeof fullUrl !== 'string' || !fullUrl.startsWith('urn:') || !isRecord(resource)) return;
    const id = identityOf(fullUrl, resource.id);
    if (typeof resource.resourceType === 'string' && id !== undefined)
      references.set(fullUrl, `${resource.resourceType}/${id}`);
  });
  return {
    resourceType: scanner.strings.get('resourceType'),
    bundleType: scanner.strings.get('type'),
    references,
  };
}

/**
 * Second pass: the resources of a Bundle in order, each on one line. References to entries by their `urn:` become
 * relative references and an entry without id gets the one of its `urn:uuid:`, as a FHIR server does with a
 * transaction; apart from that and line breaks the text stays as it is.
 */
export async function readEntries(
  path: string,
  maximumBytes: number,
  { references }: DocumentHead,
  onEntry: (entry: BundleEntry) => void,
): Promise<void> {
  await scan(path, maximumBytes, (text) => onEntry({ json: oneLine(landed(text, references)) }));
}

/** A JSON text without line breaks; outside of strings they mean nothing, inside JSON has none. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\r\n]/g, ' ')
    .replaceAll(separator, ' ')
    .trim();
}

function landed(entry: string, references: ReadonlyMap<string, string>): string {
  const { fullUrl, resource } = parse(entry) ?? {};
  const text = isRecord(resource) ? memberText(entry, 'resource') : undefined;
  if (text === undefined || !isRecord(resource)) return entry;
  const id = identityOf(fullUrl, resource.id);
  const named = resource.id === undefined && id !== undefined;
  const whole = named ? text.replace('{', `{"id":${JSON.stringify(id)},`) : text;
  return references.size === 0
    ? whole
    : whole.replaceAll(/("reference"\s*:\s*)"(urn:[^"\\]+)"/g, (found, property: string, urn: string) => {
        const target = references.get(urn);
        return target === undefined ? found : `${property}${JSON.stringify(target)}`;
      });
}

function identityOf(fullUrl: unknown, id: unknown): string | undefined {
  if (typeof id === 'string') return id;
  const uuid = typeof fullUrl === 'string' ? /^urn:uuid:(.+)$/.exec(fullUrl)?.[1] : undefined;
  return id === undefined ? uuid : undefined;
}

async function scan(
  path: string,
  maximumBytes: number,
  onElement: (text: string) => void,
): Promise<DocumentScanner> {
  const scanner = new DocumentScanner('entry', maximumBytes, onElement);
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) {
    const bytes = chunk as Buffer;
    // A byte order mark is no part of the document.
    scanner.push(
      first && bytes.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf' ? bytes.subarray(3) : bytes,
    );
    first = false;
  }
  scanner.end();
  return scanner;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
