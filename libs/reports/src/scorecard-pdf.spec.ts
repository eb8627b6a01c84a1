import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@catchment/warehouse';
import { composeScorecard } from './compose-scorecard';
import { writeMartsFixture } from './marts.fixture';
import { pdfText } from './pdf-text.fixture';
import { readScorecardMarts } from './scorecard-marts';
import { writeScorecardPdf } from './scorecard-pdf';

let folder: string;
let file: Buffer;
let words: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-pdf-'));
  const martsFile = join(folder, 'marts.duckdb');
  await writeMartsFixture(martsFile);
  const database = await Database.open(martsFile, { readOnly: true });
  const marts = await readScorecardMarts(database.main, { sites: 'all', providers: 'all' });
  database.close();
  const report = composeScorecard(marts, {
    title: 'Weekly scorecard',
    generatedAt: new Date('2026-11-23T11:00:00Z'),
    targets: [
      { measureId: 'glycemic', target: 0.1 },
      { measureId: 'pressure', target: 0.7 },
    ],
  });
  const path = join(folder, 'scorecard.pdf');
  await writeScorecardPdf(report, path);
  file = await readFile(path);
  words = pdfText(file);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}

it('prints the rates of the fixture', () => {
  expect(words).toContain(compact('69.5 %')); // 139 of 200
  expect(words).toContain(compact('15.0 %')); // 30 of 200
  expect(words).toContain(compact('69.4 %')); // 125 of 180 at Harbor Clinic
});

it('prints what is missing as words, never as zero', () => {
  expect(words).toContain(compact('Colorectal cancer screening: no denominator'));
  expect(words).toContain(compact('Zoster vaccination: not evaluated'));
  const withoutAxis = words.replace('0%25%50%75%100%', '');
  expect(withoutAxis).not.toMatch(/(?<![\d.])0(\.0)?%/);
});

it('reads the right way round where lower is better', () => {
  expect(words).toContain(compact('≤ 10.0 %'));
  expect(words).toContain(compact('10 fewer patients')); // 30 of 200, at most 20 allowed
  expect(words).toContain(compact('−2.0 pt better'));
  expect(words).toContain(compact('1 more patient in the numerator'));
  expect(words).toContain(compact('−1.5 pt worse'));
});

it('says where the numbers come from', () => {
  for (const text of ['20261120T050000Z-abc123', 'f00dfeedf00dfeedf00dfeed', 'Nov 19, 2026', 'Jan 1, 2026']) {
    expect(words).toContain(compact(text));
  }
  expect(words).toMatch(/Page1of[2-9]/);
});

it('carries copyright and disclaimer through, and claims no more than the logic', () => {
  expect(words).toContain(compact('Copyright 2026 Example Steward.'));
  expect(words).toContain(compact('The performance measure is not a clinical guideline.'));
  expect(words).toContain(compact('Implements the logic of Zoster vaccination (CMS999FHIR version 0.5.0).'));
  expect(words).not.toMatch(/certified|HEDIS/i);
});

it('names its language and title, embeds its fonts and asks nothing of the machine', () => {
  const raw = file.toString('latin1');
  expect(raw).toContain('/Lang (en-US)');
  expect(raw).toContain('/DisplayDocTitle true');
  expect(raw).toContain('/Marked true');
  const fonts = [...raw.matchAll(/\/BaseFont \/([\w+-]+)/g)].map(([, name]) => name);
  expect(fonts.length).toBeGreaterThan(0);
  expect(fonts.filter((name) => !name?.includes('Roboto'))).toEqual([]);
});
