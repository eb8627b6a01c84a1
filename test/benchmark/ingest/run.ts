/**
 * Ingest benchmarks, of folders that hold NDJSON files, one resource type each, as `catchment generate` writes them:
 *
 *     node -r ./libs/platform/testing/register-typescript.cjs test/benchmark/ingest/run.ts DIR [LARGER_DIR]
 *     node -r ./libs/platform/testing/register-typescript.cjs test/benchmark/ingest/run.ts memory DIR LARGER_DIR
 *     node -r ./libs/platform/testing/register-typescript.cjs test/benchmark/ingest/run.ts refresh DIR [ROUNDS]
 *
 * Every measurement is a process of its own; the kinds are interleaved and the best of three counts. Results are
 * compared before a time counts. Prints CPU-seconds, ratios and sizes; with `memory` the peaks of one load each.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compareResults } from './compare-results';
import { bytesOf, measure, print, type Measured } from './measure';
import { benchmarkMemory } from './memory-benchmark';
import { benchmarkRefresh } from './refresh-benchmark';

const rounds = 3;
const work = mkdtempSync(join(tmpdir(), 'catchment-benchmark-'));

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

async function benchmarkCost(folder: string, larger: string | undefined): Promise<void> {
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

async function main(): Promise<void> {
  const [first, second, third] = process.argv.slice(2);
  if (first === 'memory' && second !== undefined && third !== undefined)
    return benchmarkMemory(second, third, work);
  if (first === 'refresh' && second !== undefined)
    return benchmarkRefresh(second, work, third === undefined ? undefined : Number(third));
  if (first !== undefined && !['memory', 'refresh'].includes(first)) return benchmarkCost(first, second);
  process.stderr.write('usage: run.ts DIR [LARGER_DIR] | memory DIR LARGER_DIR | refresh DIR [ROUNDS]\n');
  process.exitCode = 2;
}

void main().finally(() => rmSync(work, { recursive: true, force: true }));
