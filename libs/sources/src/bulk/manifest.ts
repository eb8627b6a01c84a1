import { Diagnostic } from '@catchment/platform';
import { checkLed } from './endpoint';

/** What a file of an export holds: resources, deletions (Bundles) or OperationOutcomes. */
export type FileKind = 'output' | 'deleted' | 'outcome';

export interface ManifestFile {
  kind: FileKind;
  type: string;
  url: string;
  /** Number of resources, where the server says it. */
  count?: number;
  /** Of the page that lists the file. */
  requiresAccessToken: boolean;
}

export interface Manifest {
  /** The server's time of the export: `_since` of the next one. As the server wrote it. */
  transactionTime: string;
  files: ManifestFile[];
  /** Address of the next page (`allowPartialManifests`). */
  next?: string;
}

/**
 * Reads one page of a manifest of any version of the specification: `error` (until 3) and `outcome` (from 4).
 * @throws Diagnostic when it is none; it says what is wrong.
 */
export function readManifest(body: unknown, page: URL): Manifest {
  const manifest = (body ?? {}) as Record<string, unknown>;
  const { transactionTime, requiresAccessToken, output } = manifest;
  if (typeof transactionTime !== 'string' || Number.isNaN(Date.parse(transactionTime)))
    throw new Diagnostic('the manifest has no transactionTime');
  if (!Array.isArray(output)) throw new Diagnostic('the manifest has no output');
  if (requiresAccessToken !== undefined && typeof requiresAccessToken !== 'boolean')
    throw new Diagnostic('requiresAccessToken of the manifest is neither true nor false');
  // Absent, although required: a token that nobody asked for is not sent.
  const token = requiresAccessToken ?? false;
  return {
    transactionTime,
    files: [
      ...files(output, 'output', page, token),
      ...files(manifest.deleted, 'deleted', page, token),
      ...files(manifest.error, 'outcome', page, token),
      ...files(manifest.outcome, 'outcome', page, token),
    ],
    next: nextPage(manifest.link, page),
  };
}

function files(list: unknown, kind: FileKind, page: URL, requiresAccessToken: boolean): ManifestFile[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new Diagnostic(`${kind} of the manifest is no list`);
  return list.map((item: unknown) => {
    const { type, url, count } = (item ?? {}) as Record<string, unknown>;
    if (typeof url !== 'string') throw new Diagnostic(`a file of the manifest's ${kind} has no url`);
    return {
      kind,
      requiresAccessToken,
      type: typeof type === 'string' ? type : kind === 'output' ? 'unknown' : '',
      url: checkLed(url, page, 'a file of the manifest').href,
      ...(typeof count === 'number' && Number.isInteger(count) && count >= 0 && { count }),
    };
  });
}

function nextPage(links: unknown, page: URL): string | undefined {
  if (!Array.isArray(links)) return undefined;
  const next = (links as { relation?: unknown; url?: unknown }[]).find(({ relation }) => relation === 'next');
  return typeof next?.url === 'string'
    ? checkLed(next.url, page, 'the next page of the manifest').href
    : undefined;
}
