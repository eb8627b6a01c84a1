import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 over the contents of files and of all files in folders, to any depth: names whatever was made by their code. */
export function filesHash(paths: readonly string[]): string {
  const digest = createHash('sha256');
  for (const path of paths) for (const file of filesUnder(path)) digest.update(readFileSync(file));
  return digest.digest('hex');
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
