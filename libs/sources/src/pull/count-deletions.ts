import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Diagnostic } from '@catchment/platform';

/**
 * How many resources files of deletions name: NDJSON of transaction Bundles with one DELETE per entry. Read line by
 * line: a server that removed a practice lists millions.
 * @throws Diagnostic when a line is no JSON; it says which, and nothing of it.
 */
export async function countDeletions(paths: readonly string[]): Promise<number> {
  let count = 0;
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    let number = 0;
    for await (const line of lines) {
      number++;
      if (line.trim() !== '') count += deletionsIn(line, number);
    }
  }
  return count;
}

function deletionsIn(line: string, number: number): number {
  try {
    return (JSON.parse(line) as { entry?: unknown[] }).entry?.length ?? 0;
  } catch {
    // The parser's own message would quote the line.
    throw new Diagnostic('a file of deleted resources has a line that is no JSON', { line: number });
  }
}
