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
  return JSON.parse(runOnce('measure-once.ts', kind, input, output)) as Measured;
}

/** Runs a script of this folder in a process of its own; what it printed. */
export function runOnce(script: string, ...parameters: string[]): string {
  const root = projectRoot();
  return execFileSync(
    process.execPath,
    [
      ...['--max-old-space-size=4000', '-r', join(root, 'libs/platform/testing/register-typescript.cjs')],
      ...[join(__dirname, script), ...parameters],
    ],
    { cwd: root, encoding: 'utf8' },
  );
}

export function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

export function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(52)}${value}\n`);
}
