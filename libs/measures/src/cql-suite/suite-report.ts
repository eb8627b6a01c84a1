import type { TestResult, Verdict } from './run-suite';

type Counts = Record<Verdict, number> & { tests: number };

/** What `catchment cql-tests --json` prints. */
export interface SuiteReport {
  totals: Counts;
  files: (Counts & { file: string })[];
  failures: {
    file: string;
    group: string;
    test: string;
    verdict: Exclude<Verdict, 'right'>;
    expression: string;
    expected?: string;
    actual?: string;
    reason?: string;
  }[];
  /** Tests of the skip list that turned out right. */
  stale: string[];
}

export function suiteReport(results: readonly TestResult[]): SuiteReport {
  const files = [...new Set(results.map(({ test }) => test.file))];
  return {
    totals: count(results),
    files: files.map((file) => ({ file, ...count(results.filter(({ test }) => test.file === file)) })),
    failures: results.flatMap(({ test, verdict, expected, actual, reason }) =>
      verdict === 'right'
        ? []
        : [
            {
              file: test.file,
              group: test.group,
              test: test.name,
              verdict,
              expression: test.expression,
              expected,
              actual,
              reason,
            },
          ],
    ),
    stale: results
      .filter((result) => result.stale)
      .map(({ test }) => `${test.file} / ${test.group} / ${test.name}`),
  };
}

function count(results: readonly TestResult[]): Counts {
  const of = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return {
    tests: results.length,
    right: of('right'),
    wrong: of('wrong'),
    unsupported: of('unsupported'),
    skipped: of('skipped'),
  };
}

/** The report as a table for people, one line per file. */
export function suiteTable({ totals, files, stale }: SuiteReport): string {
  const row = (name: string, counts: Counts): string =>
    `${name.padEnd(38)}${[counts.tests, counts.right, counts.wrong, counts.unsupported, counts.skipped]
      .map((number) => String(number).padStart(13))
      .join('')}\n`;
  const head = `${'file'.padEnd(38)}${['tests', 'right', 'wrong', 'unsupported', 'skipped'].map((name) => name.padStart(13)).join('')}\n`;
  const staleNote =
    stale.length > 0 ? `on the skip list, but right:\n${stale.map((name) => `  ${name}\n`).join('')}` : '';
  return `${head}${files.map((file) => row(file.file, file)).join('')}${row('total', totals)}${staleNote}`;
}
