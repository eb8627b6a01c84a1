import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const longest = 16 * 1024 * 1024;

/** Opens a log for appending; one that has grown past 16 MB becomes `<name>.1` first. Returns the descriptor. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longest) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** What a process said in plain words at its end: the last lines that are not JSON. */
export function lastWords(path: string, since: number): string {
  const text = readFileSync(path).subarray(since).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('{'))
    .slice(-5)
    .join('\n');
}
