import { runSuite, translateSuite, type TestResult } from '@catchment/measures';

/** One behaviour: what it is about, a CQL expression, and the CQL text of the value it must give; `error`: it must fail. */
export type Behaviour = [what: string, expression: string, output: string];

/**
 * Runs a chapter's behaviours through translator, compiler and DuckDB, all in one translation. Literals are calculated
 * by the compiler, so that a chapter has the same behaviour on elements of a list, too, which only SQL can calculate.
 */
export function describeChapter(title: string, behaviours: readonly Behaviour[]): void {
  describe(title, () => {
    const results = new Map<string, TestResult>();
    beforeAll(async () => {
      const tests = behaviours.map(([what, expression, output]) => ({
        file: title,
        group: title,
        name: what,
        expression,
        output: output === 'error' ? undefined : output,
      }));
      for (const result of await runSuite(tests, await translateSuite(tests)))
        results.set(result.test.name, result);
    }, 120000);

    it('names each behaviour once', () => {
      expect(new Set(behaviours.map(([what]) => what)).size).toBe(behaviours.length);
    });

    it.each(behaviours)('%s: %s', (what) => {
      const { verdict, expected, actual, reason } = results.get(what)!;
      const shown = { value: verdict === 'right' ? expected : (actual ?? reason), verdict };
      expect(shown).toEqual({ value: expected, verdict: 'right' });
    });
  });
}
