import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Defect, Diagnostic, writeFileAtomic } from '@catchment/platform';

/** What `DATA_DIR/marts/current.json` says. */
export interface MartsPointer {
  runId: string;
  /** File name within the marts folder. */
  file: string;
}

/** Where publications live. */
export function martsFolder(dataDir: string): string {
  return join(dataDir, 'marts');
}

/** Reads the pointer; undefined while nothing was published. */
export function readPointer(dataDir: string): MartsPointer | undefined {
  const path = join(martsFolder(dataDir), 'current.json');
  if (!existsSync(path)) return undefined;
  const pointer = JSON.parse(readFileSync(path, 'utf8')) as Partial<MartsPointer>;
  if (typeof pointer.runId !== 'string' || typeof pointer.file !== 'string') {
    throw new Diagnostic('the marts pointer names no run and file', { file: 'current.json' });
  }
  return { runId: pointer.runId, file: pointer.file };
}

/** Makes a file the one that everybody reads, by one rename. */
export function writePointer(dataDir: string, { runId, file }: MartsPointer): void {
  writeFileAtomic(join(martsFolder(dataDir), 'current.json'), `${JSON.stringify({ runId, file })}\n`);
}

/**
 * A name for the marts of a run, in a folder that is there. A second file of a run gets a name of its own: readers may
 * still hold the first.
 */
export function freeMartsName(dataDir: string, runId: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(runId)) throw new Defect('a run id must be a safe file name');
  const folder = martsFolder(dataDir);
  mkdirSync(folder, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const file = attempt === 1 ? `${runId}.duckdb` : `${runId}.${attempt}.duckdb`;
    if (!existsSync(join(folder, file))) return file;
  }
}

/**
 * Keeps the current file and the newest others: for readers that still hold one, and for a run that waits for somebody
 * to decide about it. On POSIX a removed file stays readable for whoever has it open; where it does not, removal fails
 * and waits.
 */
export function removeOldMarts(dataDir: string, keep = 3): void {
  const folder = martsFolder(dataDir);
  const current = readPointer(dataDir)?.file;
  const others = readdirSync(folder)
    .filter((file) => file.endsWith('.duckdb') && file !== current)
    .map((file) => ({ file, changed: statSync(join(folder, file)).mtimeMs }))
    .sort((a, b) => b.changed - a.changed);
  for (const { file } of others.slice(keep)) {
    try {
      removeMarts(join(folder, file));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EBUSY' && code !== 'EPERM') throw error;
    }
  }
}

export function removeMarts(path: string): void {
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
}
