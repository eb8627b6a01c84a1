import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

export interface Measured {
  /** User and system seconds of all threads. */
  cpu: number;
  /** The most that the process held, in bytes. */
  rss: number;
}

/** Loads a folder in a process of its own, as Catchment does or as DuckDB alone would. */
export function measure(kind: 'baseline' | 'load', input: string, output: string): Measured {
  const root = projectRoot();
  const printed = execFileSync(
    process.execPath,
    [
      ...['-r', join(root, 'libs/platform/testing/register-typescript.cjs')],
      ...[join(__dirname, 'measure-once.ts'), kind, input, output],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return JSON.parse(printed) as Measured;
}

export function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

export function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(52)}${value}\n`);
}
