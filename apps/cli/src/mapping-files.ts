import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { assignFiles, extractFiles, readMapping, type ExtractFile, type Mapping } from '@catchment/sources';

/** A mapping file. @throws Diagnostic when it cannot be read, or naming what is wrong in it */
export function mappingOf(path: string): Mapping {
  return readMapping(textOfFile(path), basename(path));
}

/** @throws Diagnostic when it cannot be read */
export function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Diagnostic('the file cannot be read', { file: path }, { cause });
  }
}

/**
 * The files of an extract: those that are named, and those in folders that are named, not below them.
 * @param mappingFile may lie among them
 */
export function filesOf(paths: readonly string[], mapping: Mapping, mappingFile: string): ExtractFile[] {
  const files = extractFiles(
    paths.flatMap((path) => {
      const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
      if (isFolder === undefined) throw new Diagnostic('there is no such file or folder', { file: path });
      return isFolder
        ? filesIn(resolve(path)).filter((file) => file !== resolve(mappingFile))
        : [resolve(path)];
    }),
  );
  if (assignFiles(mapping, files).tables.size > 0) return files;
  const patterns = Object.values(mapping.tables).map(({ file }) => file);
  throw new Diagnostic(`no file is named as the mapping says: ${patterns.join(', ')}`);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile());
}
