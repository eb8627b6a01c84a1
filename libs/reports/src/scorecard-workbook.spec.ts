import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { Database } from '@catchment/warehouse';
import { composeScorecard } from './compose-scorecard';
import { writeMartsFixture } from './marts.fixture';
import { readScorecardMarts } from './scorecard-marts';
import { writeScorecardWorkbook } from './scorecard-workbook';
import { neutraliseFormula } from './xlsx-workbook';

let folder: string;
let workbook: ExcelJS.Workbook;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-xlsx-'));
  const martsFile = join(folder, 'marts.duckdb');
  await writeMartsFixture(martsFile);
  const database = await Database.open(martsFile, { readOnly: true });
  const marts = await readScorecardMarts(database.main, { sites: 'all', providers: 'all' });
  database.close();
  const report = composeScorecard(marts, {
    title: 'Weekly scorecard',
    generatedAt: new Date('2026-11-23T11:00:00Z'),
    targets: [{ measureId: 'pressure', target: 0.7 }],
  });
  const path = join(folder, 'scorecard.xlsx');
  await writeScorecardWorkbook(report, path);
  workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function sheet(name: string): ExcelJS.Worksheet {
  const found = workbook.getWorksheet(name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
}

/** The table of a sheet as records by header. */
function table(name: string): Record<string, ExcelJS.CellValue>[] {
  const rows = sheet(name).getSheetValues().slice(1) as ExcelJS.CellValue[][];
  const header = rows.findIndex((row) => row.includes('Measure'));
  const names = Array.from(rows[header] ?? [], (name) => (typeof name === 'string' ? name : ''));
  return rows
    .slice(header + 1)
    .map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}

it('has the four sheets, headers frozen', () => {
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    'Summary',
    'By site',
    'By provider',
    'Definitions',
  ]);
  expect(sheet('Summary').views[0]).toMatchObject({ state: 'frozen', ySplit: 7 });
  expect(sheet('By site').views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
});

it('has the totals of the fixture', () => {
  const [pressure, colon, glycemic, , imported] = table('Summary');
  expect(pressure).toMatchObject({
    Measure: 'Blood pressure control',
    Rate: 0.695,
    Target: 0.7,
    'Patients to target': '1 more',
    'Performance numerator': 139,
    'Performance denominator': 200,
    'Initial population': 220,
    'Denominator exclusion': 10,
    'Denominator exception': 10,
    'Open gaps': 61,
    '2026-10': 0.71,
    '2026-09': '–',
  });
  expect(colon).toMatchObject({ Rate: 'no denominator', 'Performance denominator': 0 });
  expect(glycemic).toMatchObject({
    Better: 'lower is better',
    Target: 'none set',
    'Denominator exception': '–',
  });
  expect(imported).toMatchObject({ Rate: 'not evaluated', Denominator: '–', 'Open gaps': '–' });
});

it('adds up over sites to the whole', () => {
  const sum = (measure: string, column: string) =>
    table('By site')
      .filter((row) => row.Measure === measure && typeof row[column] === 'number')
      .reduce((total, row) => total + Number(row[column]), 0);
  for (const [measure, numerator, denominator] of [
    ['Blood pressure control', 139, 200],
    ['Glycemic status above 9 %', 30, 200],
  ] as const) {
    expect(sum(measure, 'Performance numerator')).toBe(numerator);
    expect(sum(measure, 'Performance denominator')).toBe(denominator);
  }
});

it('shows rates as per cent, counts with separators, dates as ISO dates', () => {
  const summary = sheet('Summary');
  expect(summary.getCell('D8').numFmt).toBe('0.0%');
  expect(summary.getCell('H8').numFmt).toBe('#,##0');
  expect(summary.getCell('B2').value).toEqual(new Date('2026-01-01T00:00:00Z'));
  expect(summary.getCell('B2').numFmt).toBe('yyyy-mm-dd');
});

it('lets no name become a formula', () => {
  const labels = new Set(table('By site').map((row) => row.Site));
  expect(labels).toContain("'=cmd|calc!A1");
  for (const page of workbook.worksheets) {
    page.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
        if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  }
});

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ['Harbor = Clinic', 'Harbor = Clinic'],
])('neutralises %j', (text, safe) => {
  expect(neutraliseFormula(text)).toBe(safe);
});
