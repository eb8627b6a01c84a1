import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 over the contents of all files in folders, to any depth: names whatever was made by the code in them. */
export function filesHash(folders: readonly string[]): string {
  const digest = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) digest.update(readFileSync(file));
  }
  return digest.digest('hex');
}
