import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentFiles } from '@catchment/platform';
import { PackageContent } from './package-content';

const kinds = /\.(cql|json|xml|zip|tgz|tar\.gz)$/i;

/** Model infos are the only XML that is read; FHIR is read as JSON. */
function wanted(path: string): boolean {
  return kinds.test(path) && (!/\.xml$/i.test(path) || /model-?info[^/]*$/i.test(path));
}

export interface ReadOptions {
  onFile?: (path: string) => void;
  signal?: AbortSignal;
}

/**
 * Reads a MADiE export (zip or folder), a FHIR Bundle, a content repository (`input/cql`, `input/resources`,
 * `input/vocabulary`; its test cases are left out, and what lies beside `input`), a FHIR package (tgz), or a folder of
 * such files.
 * @throws Diagnostic naming path and file.
 */
export async function readContent(
  path: string,
  content: PackageContent,
  options: ReadOptions = {},
): Promise<void> {
  const repository = isRepository(path);
  const select = (name: string) => wanted(name) && (!repository || /^input\/(?!tests\/)/.test(name));
  for await (const file of contentFiles(path, select)) {
    options.signal?.throwIfAborted();
    options.onFile?.(file.path);
    content.addFile(file.path, await file.text());
  }
}

/**
 * Looks beside the sources of a content repository, in the packages that it publishes, for libraries that measures
 * include in versions which the sources no longer have. Files named after a library are looked at first.
 */
export async function readPublished(
  path: string,
  content: PackageContent,
  missing: () => readonly { id: string }[],
  options: ReadOptions = {},
): Promise<void> {
  if (!isRepository(path)) return;
  // Only libraries are wanted: measures and value sets of published packages are older than the sources.
  const published = new PackageContent(content.models, content.libraries);
  const named = (name: string, text: string) =>
    missing().some(({ id }) => name.includes(id) || text.includes(id));
  for (const byName of [true, false]) {
    if (missing().length === 0) return;
    const select = (name: string) =>
      /\.(cql|json|zip)$/i.test(name) &&
      !name.startsWith('input/') &&
      (!byName || /\.zip$/i.test(name) || named(name, ''));
    for await (const file of contentFiles(path, select)) {
      options.signal?.throwIfAborted();
      options.onFile?.(file.path);
      const text = await file.text();
      if (byName || named(file.path, text)) published.addFile(file.path, text);
      if (missing().length === 0) return;
    }
  }
}

function isRepository(path: string): boolean {
  return ['cql', 'resources'].some((folder) => existsSync(join(path, 'input', folder)));
}
