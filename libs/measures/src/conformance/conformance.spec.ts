import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MeasureReport } from 'fhir/r4';
import { regressions } from './baseline';
import { conformanceJson, conformancePage, conformanceTable } from './report';
import { runConformance } from './run-conformance';
import { staleVerdicts, type Verdict } from './verdicts';

const cql = `library Visits version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
valueset "Office Visit": 'http://example.org/ValueSet/office-visit'
parameter "Measurement Period" Interval<DateTime>
context Patient

define "Office Visits": [Encounter: "Office Visit"] Visit where Visit.period during day of "Measurement Period"
define "Initial Population": exists "Office Visits"
define "Is Young": AgeInYearsAt(end of "Measurement Period") < 40
define "Is Old": AgeInYearsAt(end of "Measurement Period") >= 40
define "Finished": exists ("Office Visits" Visit where Visit.status = 'finished')
  and Coalesce((singleton from Patient.telecom).value, 'none') != ''
`;

const population = (code: string, expression: string) => ({
  id: code,
  code: { coding: [{ code }] },
  criteria: { language: 'text/cql-identifier', expression },
});

const measure = {
  resourceType: 'Measure',
  id: 'VisitsMeasure',
  url: 'http://example.org/Measure/VisitsMeasure',
  status: 'draft',
  library: ['http://example.org/Library/Visits'],
  scoring: { coding: [{ code: 'proportion' }] },
  group: [
    {
      id: 'G',
      population: [
        population('initial-population', 'Initial Population'),
        population('denominator', 'Initial Population'),
        population('numerator', 'Finished'),
      ],
      stratifier: ['Is Young', 'Is Old'].map((expression) => ({
        id: expression,
        criteria: { language: 'text/cql-identifier', expression },
      })),
    },
  ],
};

const valueSet = {
  resourceType: 'ValueSet',
  url: 'http://example.org/ValueSet/office-visit',
  status: 'active',
  expansion: { timestamp: '2026-01-01', contains: [{ system: 'http://example.org/visits', code: 'office' }] },
};

interface Case {
  birthDate: string;
  status?: string;
  visit?: string;
  year?: number;
  telecoms?: string[];
  expected: [ip: number, denominator: number, numerator: number];
  young?: [number, number, number];
  old?: [number, number, number];
}

function report({ expected, young, old, year = 2026 }: Case): MeasureReport {
  const counts = (values: number[]) =>
    ['initial-population', 'denominator', 'numerator'].map((code, index) => ({
      id: code,
      code: { coding: [{ code }] },
      count: values[index],
    }));
  const strata = Object.entries({ 'Is Young': young, 'Is Old': old }).flatMap(([id, values]) =>
    values ? [{ id, stratum: [{ value: { text: 'true' }, population: counts(values) }] }] : [],
  );
  return {
    resourceType: 'MeasureReport',
    id: 'expected',
    status: 'complete',
    type: 'individual',
    measure: measure.url,
    period: { start: `${year}-01-01`, end: `${year}-12-31` },
    group: [{ id: 'G', population: counts(expected), stratifier: strata.length > 0 ? strata : undefined }],
  };
}

function resources(
  { birthDate, status = 'finished', visit = '2026-05-01', telecoms }: Case,
  bundle: boolean,
): object[] {
  const all = [
    {
      resourceType: 'Patient',
      id: 'same-id',
      birthDate,
      telecom: telecoms?.map((value) => ({ value })),
    },
    {
      resourceType: 'Encounter',
      id: 'same-id',
      status,
      type: [{ coding: [{ system: 'http://example.org/visits', code: 'office' }] }],
      subject: { reference: 'Patient/somebody-else' },
      period: { start: visit, end: visit },
    },
  ];
  return bundle ? [{ resourceType: 'Bundle', entry: all.map((resource) => ({ resource })) }] : all;
}

describe('runConformance', () => {
  let folder: string;
  const write = (path: string, value: unknown): void => {
    const file = join(folder, 'content', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const run = () =>
    runConformance({
      content: join(folder, 'content'),
      workDir: join(folder, 'work'),
      evaluatedAt: '2026-12-31T00:00:00.000',
      profileMode: 'profile',
    });
  const addCase = (name: string, each: Case, bundle = false): void => {
    const path = `input/tests/measure/VisitsMeasure/${name}`;
    for (const [index, resource] of resources(each, bundle).entries())
      write(`${path}/${index}.json`, resource);
    write(`${path}/MeasureReport-expected.json`, report(each));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-conformance-'));
    write('input/cql/Visits.cql', cql);
    write('input/resources/measure/VisitsMeasure.json', measure);
    write('input/vocabulary/valueset/office-visit.json', valueSet);
    addCase('finished', { birthDate: '1960-01-01', expected: [1, 1, 1] });
    addCase('in-a-bundle', { birthDate: '1960-01-01', status: 'planned', expected: [1, 1, 0] }, true);
    addCase('last-year', { birthDate: '1960-01-01', visit: '2025-05-01', expected: [0, 0, 0] });
    addCase('of-last-year', {
      birthDate: '1960-01-01',
      visit: '2025-05-01',
      year: 2025,
      expected: [1, 1, 1],
    });
    addCase('expects-too-much', { birthDate: '1960-01-01', status: 'planned', expected: [1, 1, 1] });
    addCase('strata', { birthDate: '2000-01-01', expected: [1, 1, 1], young: [1, 1, 1], old: [0, 0, 0] });
    addCase('wrong-strata', {
      birthDate: '2000-01-01',
      expected: [1, 1, 1],
      young: [0, 0, 0],
      old: [1, 1, 1],
    });
    addCase('undivided-strata', {
      birthDate: '2000-01-01',
      expected: [1, 1, 1],
      young: [1, 1, 1],
      old: [1, 1, 1],
    });
    addCase('two-telecoms', { birthDate: '1960-01-01', telecoms: ['1', '2'], expected: [1, 1, 1] });
    write('input/tests/measure/VisitsMeasure/no-report/Patient.json', { resourceType: 'Patient', id: 'p' });
    write('input/tests/measure/Unknown/p/Patient.json', { resourceType: 'Patient', id: 'p' });
    write('input/tests/measure/Unknown/p/Report.json', {
      ...report({ birthDate: '', expected: [0, 0, 0] }),
      measure: 'http://example.org/Measure/Unknown',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives every case a verdict: period from the report, patient by folder, strata where the report divides them', async () => {
    const { outcome } = await run();
    const [unknown, visits] = outcome.measures;
    expect(unknown).toMatchObject({ name: 'Unknown', cases: 1, unsupported: 1 });
    expect(unknown!.reasons[0]!.reason).toContain('no Measure');
    expect(visits).toMatchObject({ cases: 10, right: 6, wrong: 3, unsupported: 1, undividedStrata: 1 });
    expect(visits!.reasons[0]!.reason).toMatch(/^no-report: the case has no MeasureReport/);
    expect(
      visits!.failures.map((failure) => [failure.case, failure.population, failure.expected, failure.actual]),
    ).toEqual(
      expect.arrayContaining([
        ['expects-too-much', 'numerator', 1, 0],
        ['wrong-strata', 'Is Young initial-population', 0, 1],
        ['wrong-strata', 'Is Old numerator', 1, 0],
      ]),
    );
    expect(new Set(visits!.failures.map((failure) => failure.case))).toEqual(
      new Set(['expects-too-much', 'two-telecoms', 'wrong-strata']),
    );
    expect(visits!.failures.find((failure) => failure.case === 'two-telecoms')).toMatchObject({
      population: 'error',
      actual: expect.stringMatching(/^singleton from .*define "Finished" of library Visits, \d+:/) as string,
    });
    expect(outcome.totals).toEqual({ cases: 11, right: 6, wrong: 3, unsupported: 2 });
    expect(conformanceTable(outcome)).toContain('VisitsMeasure');
    const verdict = (name: string): Verdict => ({
      measure: 'VisitsMeasure',
      case: name,
      class: 'expectation',
      reason: `why ${name}`,
    });
    const verdicts = [verdict('wrong-strata'), verdict('finished')];
    const page = conformancePage(outcome, {
      content: 'content',
      profileMode: 'profile',
      notes: [],
      verdicts,
    });
    expect(page).toContain('**6 of 11 right** (54.5 %), 3 wrong, 2 unsupported');
    expect(page).toMatch(/^- `wrong-strata`: .*\*\*expectation\*\*: why wrong-strata$/m);
    expect(page).toContain('| not looked at yet | 2 |');
    expect(staleVerdicts(outcome, verdicts)).toEqual([verdict('finished')]);
    expect(page).toContain('Of 1 cases the strata are not compared');
    expect(conformanceJson(outcome)).toHaveProperty('measures.1.right', 6);
  });

  it('says what is worse than a baseline', async () => {
    const { outcome } = await run();
    expect(regressions(outcome, outcome)).toEqual([]);
    const better = { ...outcome, measures: [{ name: 'VisitsMeasure', cases: 10, right: 7 }] };
    expect(regressions(outcome, better)).toEqual([
      'VisitsMeasure: 6 of 10 right, where the baseline has 7 of 10',
    ]);
  });
});
