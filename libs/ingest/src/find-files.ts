import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

/** A file that may hold FHIR resources. */
export interface FoundFile {
  path: string;
  /** Was it named itself, not only a folder around it? Then anything but FHIR in it is an error. */
  named: boolean;
  bytes: number;
}

/**
 * The regular files of the paths, folders searched to any depth, in the order of their names; a file that is met
 * twice is taken once. Hidden files and folders are left out.
 * @throws Diagnostic when a path does not exist or cannot be read.
 */
export function findFiles(paths: readonly string[]): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const path of paths) visit(path, true, found, new Set());
  return [...found.values()];
}

function visit(path: string, named: boolean, found: Map<string, FoundFile>, above: Set<string>): void {
  try {
    const real = realpathSync(path);
    const stats = statSync(real);
    if (stats.isDirectory()) {
      // A link to a folder around it would never end.
      if (above.has(real)) return;
      for (const name of readdirSync(real).sort()) {
        if (!name.startsWith('.')) visit(join(path, name), false, found, new Set([...above, real]));
      }
    } else if (stats.isFile()) {
      found.set(real, { path, named: named || (found.get(real)?.named ?? false), bytes: stats.size });
    } else if (named) {
      throw new Diagnostic('neither a file nor a folder', { file: path });
    }
  } catch (error) {
    if (error instanceof Diagnostic) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown error'})`;
    throw new Diagnostic(`the path ${reason}`, { file: path }, { cause: error });
  }
}
