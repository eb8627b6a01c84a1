/**
 * Ingest benchmark: `node -r ./libs/platform/testing/register-typescript.cjs test/benchmark/ingest/run.ts DIR [LARGER_DIR]`
 *
 * DIR holds NDJSON files, one resource type each, as `catchment generate` writes them. Every measurement is a process
 * of its own; the kinds are interleaved and the best of three counts. Results are compared before a time counts.
 * Prints CPU-seconds, ratios and sizes (`../shared/design/performance.md`: I1, I4, I7, S1, memory).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '@catchment/platform';
import { compareResults } from './compare-results';

interface Measured {
  cpu: number;
  rss: number;
}

const rounds = 3;
const work = mkdtempSync(join(tmpdir(), 'catchment-benchmark-'));

function measure(kind: 'baseline' | 'load', input: string, output: string): Measured {
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

function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function pack(folder: string): string {
  const packed = join(work, 'packed');
  mkdirSync(packed);
  for (const name of readdirSync(folder))
    writeFileSync(join(packed, `${name}.gz`), gzipSync(readFileSync(join(folder, name))));
  return packed;
}

function best(values: readonly Measured[]): Measured {
  return values.reduce((left, right) => (left.cpu <= right.cpu ? left : right));
}

function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(52)}${value}\n`);
}

async function main(folder: string, larger: string | undefined): Promise<void> {
  const packed = pack(folder);
  const found: Record<'baseline' | 'plain' | 'packed', Measured[]> = { baseline: [], plain: [], packed: [] };
  for (let round = 0; round < rounds; round++) {
    found.baseline.push(measure('baseline', folder, join(work, 'baseline.duckdb')));
    found.plain.push(measure('load', folder, join(work, 'plain')));
    found.packed.push(measure('load', packed, join(work, 'gz')));
    if (round === 0)
      await compareResults(join(work, 'baseline.duckdb'), join(work, 'plain'), join(work, 'gz'));
  }
  const [baseline, plain, gz] = [best(found.baseline), best(found.plain), best(found.packed)];
  const input = bytesOf(folder);
  const warehouse = bytesOf(join(work, 'plain', 'warehouse'));
  const landing = bytesOf(join(work, 'plain', 'landing'));
  print('NDJSON', `${(input / 1e6).toFixed(0)} MB`);
  print('read_json → typed tables', `${baseline.cpu.toFixed(2)} CPU-s`);
  print(
    'load',
    `${plain.cpu.toFixed(2)} CPU-s, ${(input / 1e6 / plain.cpu).toFixed(0)} MB/CPU-s, ${(plain.rss / 1e6).toFixed(0)} MB RSS`,
  );
  print('I1  load / read_json (must ≤ 3.5, aim 2.5)', (plain.cpu / baseline.cpu).toFixed(2));
  print('I4  gz / plain (must ≤ 1.7, aim 1.5)', (gz.cpu / plain.cpu).toFixed(2));
  print('I7  warehouse / NDJSON (must ≤ 15 %, aim 10)', `${((100 * warehouse) / input).toFixed(1)} %`);
  print(
    'I7  with originals (must ≤ 25 %, aim 18)',
    `${((100 * (warehouse + landing)) / input).toFixed(1)} %`,
  );
  if (larger === undefined) return;
  const large = measure('load', larger, join(work, 'large'));
  const times = bytesOf(larger) / input;
  print(
    `S1  ${times.toFixed(1)} × the data`,
    `${(large.cpu / plain.cpu).toFixed(2)} × the CPU, ${large.cpu.toFixed(2)} CPU-s`,
  );
  print('    memory', `${(large.rss / 1e6).toFixed(0)} MB RSS (${(large.rss / plain.rss).toFixed(2)} ×)`);
}

const [folder, larger] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: run.ts DIR [LARGER_DIR]\n');
  process.exitCode = 2;
} else {
  void main(folder, larger).finally(() => rmSync(work, { recursive: true, force: true }));
}
