import { compileValue, literalUnits, translate, type DefineValue, type Translation } from '@catchment/cql';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import { Diagnostic, Unsupported } from '@catchment/platform';
import { bindUnits } from '@catchment/terminology';
import { Database, installFunctions, loadFixture, type Connection } from '@catchment/warehouse';
import { readActual } from './actual-value';
import { readExpected } from './expected-output';
import { readSkips, type Skip } from './skips';
import type { SuiteTest } from './suite-file';
import { render, sameValue, type SuiteValue } from './suite-value';

export type Verdict = 'right' | 'wrong' | 'unsupported' | 'skipped';

export interface TestResult {
  test: SuiteTest;
  verdict: Verdict;
  /** What was expected and what came, or why there is no result. */
  expected?: string;
  actual?: string;
  reason?: string;
  /** A test of the skip list that turned out right: the list is stale. */
  stale?: boolean;
}

/** An instant of evaluation that is the same in every run. */
const EVALUATED_AT = '2026-01-01T12:00:00.000';

/** Name of the library that holds the test at a position. */
function libraryName(index: number): string {
  return `Test${String(index).padStart(4, '0')}`;
}

/** Translates each test as a library of its own, whose only define is the expression. */
export function translateSuite(
  tests: readonly SuiteTest[],
  onProgress?: (done: number, of: number) => void,
): Promise<Translation> {
  return translate({
    sources: tests.map(({ expression }, index) => ({
      text: `library ${libraryName(index)}\n\ndefine "Result":\n  ${expression}\n`,
    })),
    models: [],
    onProgress,
  });
}

/**
 * Runs tests of the CQL suite, translated by `translateSuite`, through compiler and DuckDB.
 * Tests of the skip list run, too: when one gives what the suite expects it is reported as stale.
 */
export async function runSuite(tests: readonly SuiteTest[], translation: Translation): Promise<TestResult[]> {
  const elm = new Map(translation.libraries.map((library) => [library.identifier.id, library]));
  const complaints = new Map(
    translation.failures.map((failure) => [failure.library, failure.messages[0]?.message]),
  );
  const skips = readSkips();
  const database = await Database.open(':memory:');
  try {
    const connection = database.main;
    await loadFixture(connection, [{ resourceType: 'Patient', id: 'somebody' }], {});
    await installFunctions(connection, 'cql-');
    const results: TestResult[] = [];
    for (const [index, test] of tests.entries()) {
      const name = libraryName(index);
      results.push(withSkip(await runTest(test, elm.get(name), complaints.get(name), connection), skips));
    }
    return results;
  } finally {
    database.close();
  }
}

async function runTest(
  test: SuiteTest,
  elm: ElmLibrary | undefined,
  complaint: string | undefined,
  connection: Connection,
): Promise<TestResult> {
  const mustFail = test.output === undefined;
  if (!elm) {
    const reason = `the translator refuses it: ${complaint ?? 'no message'}`;
    return { test, verdict: mustFail ? 'right' : 'wrong', expected: test.output ?? 'an error', reason };
  }
  let actual;
  try {
    actual = await evaluate(elm, connection);
  } catch (error) {
    if (error instanceof Unsupported) return { test, verdict: 'unsupported', reason: error.feature };
    const reason = messageOf(error);
    return {
      test,
      verdict: mustFail && isRefusal(error) ? 'right' : 'wrong',
      expected: test.output ?? 'an error',
      reason,
    };
  }
  if (mustFail) return { test, verdict: 'wrong', expected: 'an error', actual: render(actual) };
  const expected = readExpected(test.output!);
  const verdict = sameValue(expected, actual) ? 'right' : 'wrong';
  return { test, verdict, expected: render(expected), actual: render(actual) };
}

async function evaluate(elm: ElmLibrary, connection: Connection): Promise<SuiteValue> {
  const library = readLibraries(elm.identifier.id, [elm]);
  const compiled: DefineValue = compileValue(library, 'Result', EVALUATED_AT);
  await bindUnits(connection, literalUnits(library));
  for (const { sql } of compiled.statements) await connection.run(sql);
  // Inside a struct numbers stay texts, so that no digit is lost.
  const row = await connection.first<{ packed: { value: unknown } }>(
    `select struct_pack(value := value) as packed from (${compiled.select})`,
  );
  const [failure] = connection.failures.take();
  if (failure) throw new Diagnostic(failure.reason);
  if (!row) throw new Diagnostic('the query gave no row');
  const value = readActual(compiled.shape, row.packed.value);
  return compiled.uncertain ? certainNumber(value) : value;
}

/** An uncertain number whose bounds agree is that number. */
function certainNumber(value: SuiteValue): SuiteValue {
  return value.kind === 'interval' && sameValue(value.low, value.high) ? value.low : value;
}

/** A failure that the expression itself brings about: the author's mistake, or an error of its evaluation. */
function isRefusal(error: unknown): boolean {
  if (error instanceof Diagnostic) return true;
  return /^(Invalid Input|Conversion|Out of Range) Error/.test(messageOf(error));
}

/** Errors of the driver come from outside the test runner's realm, where `instanceof Error` does not hold. */
function messageOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

function withSkip(result: TestResult, skips: readonly Skip[]): TestResult {
  const { file, group, name } = result.test;
  const skip = skips.find(
    (candidate) => candidate.file === file && candidate.group === group && candidate.test === name,
  );
  if (!skip) return result;
  if (result.verdict === 'right') return { ...result, stale: true };
  return { ...result, verdict: 'skipped', reason: `${skip.class}: ${skip.reason}` };
}
