import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@catchment/platform';

const day = 24 * 3600_000;

/**
 * A folder for what is made of an extract, for one piece of work that removes it. Those of processes that were killed
 * hold patients' data and nobody misses them: they are removed here, a day later.
 * @param purpose of the work; a pull of a source has a folder of its own
 */
export function stagingFolder(dataDir: string, purpose: 'check' | 'csv', now: Date): string {
  const exports = join(dataDir, 'exports');
  for (const name of namesIn(exports).filter((each) => /^(check|csv)-/.test(each))) {
    const path = join(exports, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (now.getTime() - changed > day) rmSync(path, { recursive: true, force: true });
  }
  return join(exports, `${purpose}-${newId()}`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
