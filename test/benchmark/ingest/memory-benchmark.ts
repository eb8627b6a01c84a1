import { join } from 'node:path';
import { bytesOf, measure, print } from './measure';

/** Prints the peaks of loading a population and one that is several times as large, and how they compare. */
export function benchmarkMemory(small: string, large: string, work: string): void {
  const peaks = [small, large].map((input, index) => {
    const { cpu, rss } = measure('load', input, join(work, `memory-${index}`));
    const megabytes = bytesOf(input) / 1e6;
    print(
      `${megabytes.toFixed(0)} MB of NDJSON`,
      `${(rss / 1e6).toFixed(0)} MB RSS at most, ${cpu.toFixed(1)} CPU-s, ${(megabytes / cpu).toFixed(0)} MB/CPU-s`,
    );
    return rss;
  });
  print('memory of the larger / the smaller (must ≤ 1.3)', (peaks[1]! / peaks[0]!).toFixed(2));
  print('    at most (must < 1,500 MB)', `${(Math.max(...peaks) / 1e6).toFixed(0)} MB`);
}
