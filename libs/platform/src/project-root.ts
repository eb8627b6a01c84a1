import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Defect } from './failures';

let found: string | undefined;

/**
 * The checkout's root folder: the nearest folder above this file whose package.json is named `catchment`.
 * What is not TypeScript (sql/, json, csv, fonts) is read from there, so that the compiled code in dist/
 * and the sources under Jest find the same files.
 */
export function projectRoot(): string {
  found ??= search(__dirname);
  return found;
}

function search(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
      if (name === 'catchment') return folder;
    }
    if (folder === dirname(folder)) throw new Defect(`no package.json named "catchment" above ${start}`);
  }
}
