import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExpected } from './expected-output';
import { runSuite, translateSuite, type TestResult } from './run-suite';
import { projectRoot } from '@catchment/platform';
import { readSkips, skipClasses } from './skips';
import { readSuite } from './suite-file';
import { suiteReport } from './suite-report';
import { skipTables } from './suite-page';
import { render } from './suite-value';

describe('expected outputs', () => {
  it.each([
    ['null', 'null'],
    ['1.50', '1.5'],
    ['-0.0', '0'],
    ['9223372036854775807L', '9223372036854775807'],
    ["'it\\'s \\u0041'", '"it\'s A"'],
    ["1.0'g/cm3'", "1 'g/cm3'"],
    ["1 'mg':2 'mL'", "1 'mg':2 'mL'"],
    ['{ }', '{}'],
    ['{1, null}', '{1, null}'],
    ['{{ A: 2, B: null }}', '{Tuple{A: 2}}'],
    ['Interval [ 1, 3 )', 'Interval[1, 3)'],
    ['@2014-02', 'Date(2014-02-01T00:00:00.000Z…2014-02-28T00:00:00.000Z)'],
    ['@2014T', 'DateTime(2014-01-01T00:00:00.000Z…2014-12-31T23:59:59.999Z)'],
    ['@2014-01-01T10:00:00.5+01:30', 'DateTime(2014-01-01T08:30:00.500Z…2014-01-01T08:30:00.500Z)'],
    ['@T10', 'Time(1970-01-01T10:00:00.000Z…1970-01-01T10:59:59.999Z)'],
  ])('%s', (text, rendered) => {
    expect(render(readExpected(text))).toBe(rendered);
  });

  it.each(['', '1 2', 'Interval[1, 2', '{1', '@2014-', 'foo'])('refuses "%s"', (text) => {
    expect(() => readExpected(text)).toThrow();
  });
});

describe('the suite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cql-suite-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let results: TestResult[];

  beforeAll(async () => {
    const test = (name: string, expression: string, output: string): string =>
      `<test name="${name}"><expression${output ? '' : ' invalid="true"'}>${expression}</expression>${output && `<output>${output}</output>`}</test>`;
    writeFileSync(
      join(folder, 'Sample.xml'),
      `<tests name="Sample"><!-- <test name="commented"><expression>1</expression></test> --><group name="G">
        ${test('right', '1 &lt; 2', 'true')}${test('wrong value', '1 + 1', '3')}${test('wrong precision', '@2014-01T', '@2014T')}
        ${test('wrongly valid', '1 + 1', '')}${test('refused', '1 + true', '')}${test('fails', 'singleton from ({1, 2})', '')}
        ${test('not built', 'descendents(1)', '')}
      </group></tests>`,
    );
    const tests = readSuite(folder);
    results = await runSuite(tests, await translateSuite(tests));
  }, 60000);

  it.each([
    ['right', 'right'],
    ['wrong value', 'wrong'],
    ['wrong precision', 'wrong'],
    ['wrongly valid', 'wrong'],
    ['refused', 'right'],
    ['fails', 'right'],
  ])('calls the sample "%s" %s', (name, verdict) => {
    expect(results.find(({ test }) => test.name === name)).toMatchObject({ verdict });
  });

  it('leaves out what is commented out, and counts the rest', () => {
    expect(suiteReport(results).totals).toMatchObject({ tests: 7, wrong: 3 });
  });

  it('needs a folder with XML files', () => {
    expect(() => readSuite(join(folder, 'nowhere'))).toThrow('cannot be read');
  });
});

it('gives a class and a reason for every skipped test, once', () => {
  const skips = readSkips();
  for (const skip of skips) {
    expect(Object.keys(skipClasses)).toContain(skip.class);
    expect(skip.reason).not.toBe('');
  }
  expect(new Set(skips.map(({ file, group, test }) => `${file}/${group}/${test}`)).size).toBe(skips.length);
});

it('lists every skipped test on the page of the documentation', () => {
  const page = readFileSync(join(projectRoot(), 'docs', 'cql-suite.md'), 'utf8');
  expect(page.endsWith(skipTables(readSkips()))).toBe(true);
});
