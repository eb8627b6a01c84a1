import { basename } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import type { Mapping } from '../mapping/mapping-schema';
import { RefusedFile } from '../read/decode';

/** A file of an extract, with the name that its sender knows. */
export interface ExtractFile {
  name: string;
  path: string;
}

/** The files of each table, in the order of their names, and those that no table reads. */
export interface AssignedFiles {
  tables: Map<string, ExtractFile[]>;
  unknown: ExtractFile[];
}

/** @throws RefusedFile where a full extract has several files and does not say that they are parts of one */
export function assignFiles(mapping: Mapping, files: readonly ExtractFile[]): AssignedFiles {
  const tables = new Map<string, ExtractFile[]>();
  const read = new Set<ExtractFile>();
  for (const [name, table] of Object.entries(mapping.tables)) {
    const pattern = patternOf(table.file);
    const own = files
      .filter((file) => pattern.test(file.name))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (own.length === 0) continue;
    if (own.length > 1 && extractOf(mapping, name) === 'full' && !table.parts)
      throw new RefusedFile(
        `${own.length} files are a full extract of the table ${name} (${own.map((file) => file.name).join(', ')}): leave the newest one only, or write parts: true into the mapping where all of them together are one`,
        { file: own[0]!.name },
      );
    own.forEach((file) => read.add(file));
    tables.set(name, own);
  }
  return { tables, unknown: files.filter((file) => !read.has(file)) };
}

export function extractOf(mapping: Mapping, table: string): 'full' | 'changes' {
  return mapping.tables[table]?.extract ?? mapping.extract ?? 'full';
}

/** Files by their paths. @throws Diagnostic where two have one name, which messages could not tell apart */
export function extractFiles(paths: readonly string[]): ExtractFile[] {
  const files = paths.map((path) => ({ name: basename(path), path }));
  const names = new Set<string>();
  for (const { name } of files) {
    if (names.has(name)) throw new Diagnostic('two files have the same name', { file: name });
    names.add(name);
  }
  return files;
}

/** `patients*.csv`, whatever the case, also gzipped. */
function patternOf(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}(\\.gz)?$`, 'i');
}
