import { runSuite, translateSuite, type TestResult } from '@catchment/measures';
import { dateTimeExpressions } from './date-time-expressions';
import { offsetExpressions } from './offset-expressions';
import { secondEngineValue } from './second-engine';

const expressions = [...dateTimeExpressions(300, 20260101), ...offsetExpressions(300, 20260102)];

/**
 * Dates and times of every precision, and stated with different offsets, through SQL and through cql-execution, which shares no code with ours.
 * What is left out on purpose, because the engines differ: `starts` and `ends` with null boundaries (closed ones are the
 * limits of the type, cql-execution gives null), an interval between two nulls, weeks added to a month (the
 * specification takes a month for 30 days), and months from the end of a longer month: 29 February to 28 February is no
 * year here, as in the specification's appendix H and the Java engine, and a year in cql-execution.
 */
describe('dates and times by two engines', () => {
  let results: TestResult[];

  beforeAll(async () => {
    const test = (expression: string) => ({
      file: 'two engines',
      group: 'dates',
      name: expression,
      expression,
    });
    const translation = await translateSuite(expressions.map((expression) => test(expression)));
    const elm = [...translation.libraries].sort((a, b) => (a.identifier.id < b.identifier.id ? -1 : 1));
    expect(translation.failures).toEqual([]);
    const outputs: string[] = [];
    for (const library of elm) outputs.push(await secondEngineValue(library));
    results = await runSuite(
      expressions.map((expression, index) => ({ ...test(expression), output: outputs[index] })),
      translation,
    );
  }, 240000);

  it('give the same values', () => {
    const different = results.filter(({ verdict }) => verdict !== 'right');
    expect(
      different.map(({ test, expected, actual, reason }) => ({
        expression: test.expression,
        expected,
        actual,
        reason,
      })),
    ).toEqual([]);
  });

  it('are asked for true, false, null and values', () => {
    const given = new Set(results.map(({ actual }) => actual));
    for (const value of ['{true}', '{false}', '{null}']) expect(given).toContain(value);
    expect(given.size).toBeGreaterThan(50);
  });
});
