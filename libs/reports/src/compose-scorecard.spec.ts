import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@catchment/warehouse';
import { composeScorecard, type MeasureTarget } from './compose-scorecard';
import { writeMartsFixture } from './marts.fixture';
import { readScorecardMarts, type ScorecardMarts } from './scorecard-marts';

const everybody = { sites: 'all', providers: 'all' } as const;
const targets: MeasureTarget[] = [
  { measureId: 'glycemic', groupId: 'g1', siteId: '', target: 0.2 },
  { measureId: 'pressure', groupId: 'g1', siteId: '', target: 0.7 },
  { measureId: 'pressure', groupId: 'g1', siteId: 's1', target: 0.65 },
  { measureId: 'colon', groupId: 'g1', siteId: '', target: 0.6 },
];
const options = { title: 'Weekly scorecard', generatedAt: new Date('2026-11-23T11:00:00Z'), targets };

let folder: string;
let marts: ScorecardMarts;
let ofHarbor: ScorecardMarts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
  const file = join(folder, 'marts.duckdb');
  await writeMartsFixture(file);
  const database = await Database.open(file, { readOnly: true });
  marts = await readScorecardMarts(database.main, everybody);
  ofHarbor = await readScorecardMarts(database.main, { sites: ['s1'], providers: 'all' });
  database.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function row(measureId: string, from = marts) {
  const found = composeScorecard(from, options).rows.find((one) => one.measureId === measureId);
  if (!found) throw new Error(`no row of ${measureId}`);
  return found;
}

it('has every measure, also the ones without a number', () => {
  expect(composeScorecard(marts, options).rows.map(({ measureId, rate }) => [measureId, rate])).toEqual([
    ['pressure', { kind: 'rate', value: 0.695 }],
    ['colon', { kind: 'no-denominator' }],
    ['glycemic', { kind: 'rate', value: 0.15 }],
    ['quiet', { kind: 'no-denominator' }],
    ['imported', { kind: 'not-evaluated' }],
  ]);
  expect(row('quiet').counts).toMatchObject({
    initialPopulation: 0,
    denominator: 0,
    denominatorException: null,
  });
});

it('keeps exclusions and exceptions apart, and what a measure does not define as null', () => {
  expect(row('pressure').counts).toMatchObject({
    denominatorExclusion: 10,
    denominatorException: 10,
    performanceDenominator: 200,
  });
  expect(row('glycemic').counts?.denominatorException).toBeNull();
  expect(row('imported').counts).toBeNull();
});

it('says how many patients are missing, and nothing where there is no rate', () => {
  expect(row('pressure').position).toEqual({ target: 0.7, met: false, patientsToTarget: 1 });
  expect(row('glycemic').position).toEqual({ target: 0.2, met: true, patientsToTarget: 0 });
  expect(row('colon').target).toBe(0.6);
  expect(row('colon').position).toBeNull();
});

it('takes the target of a site before the one of the organisation', () => {
  const [, harbor] = composeScorecard(marts, options).sites;
  expect(harbor?.label).toBe('Harbor Clinic');
  expect(harbor?.rows[0]).toMatchObject({ measureId: 'pressure', target: 0.65, position: { met: true } });
});

it('shows thirteen months, with months without a run as gaps', () => {
  const { trend } = row('glycemic');
  expect(trend).toHaveLength(13);
  expect(trend[0]).toEqual({ month: '2025-11', rate: 0.22, performanceNumerator: 44 });
  expect(trend[1]).toEqual({ month: '2025-12', rate: null, performanceNumerator: null });
  expect(trend[12]).toMatchObject({ month: '2026-11', rate: 0.15 });
  expect(row('imported').trend).toEqual([]);
});

it('calls a falling rate better where lower is better', () => {
  expect(row('glycemic').change).toMatchObject({ since: '2026-10-31', patients: -4, better: true });
  expect(row('glycemic').change?.points).toBeCloseTo(-2);
  expect(row('pressure').change).toMatchObject({ patients: -3, better: false });
  expect(row('colon').change).toBeNull();
});

it('refuses to print numbers that contradict each other', () => {
  const broken = marts.scorecard.map((one) => ({
    ...one,
    performance_rate: one.performance_rate === null ? 0 : one.performance_rate,
  }));
  expect(() => composeScorecard({ ...marts, scorecard: broken }, options)).toThrow(
    'a rate without a denominator',
  );
});

it('counts only the scope of the definition', () => {
  // population results of the fixture: at Harbor Clinic three people in pressure, one of them excluded, one in the numerator
  expect(ofHarbor.publication.patients).toBe(3);
  expect(row('pressure', ofHarbor)).toMatchObject({
    rate: { kind: 'rate', value: 0.5 },
    counts: {
      initialPopulation: 3,
      denominatorExclusion: 1,
      performanceDenominator: 2,
      performanceNumerator: 1,
    },
    openGaps: 1,
  });
  expect(row('glycemic', ofHarbor).rate).toEqual({ kind: 'no-denominator' });
  expect(row('imported', ofHarbor).rate).toEqual({ kind: 'not-evaluated' });
  expect(composeScorecard(ofHarbor, options).sites.map(({ memberId }) => memberId)).toEqual(['s1']);
  expect(row('pressure', ofHarbor).trend[12]?.rate).toBe(0.25);
});
