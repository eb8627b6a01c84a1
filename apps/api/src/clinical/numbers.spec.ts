import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import type { Scope } from '@catchment/store';
import { ClinicalApi, type Caller, type Query } from '../../testing/clinical-api';
import { populationSize, providerOf, siteOf } from '../../testing/population';
import { publishPopulation } from '../../testing/publish-population';
import { writeCursor } from './lists/cursor';
import type {
  CohortList,
  CohortPage,
  FilterOptions,
  GapList,
  GapPatientList,
  ListedPopulation,
  MeasurePage,
  NotEvaluatedList,
  Page,
  PatientPanel,
  PatientRow,
  PopulationCounts,
  PopulationList,
  Scorecard,
} from './contract';

jest.setTimeout(240_000);

const populationOf: Record<keyof PopulationCounts, ListedPopulation> = {
  initialPopulation: 'initial-population',
  denominator: 'denominator',
  denominatorExclusion: 'denominator-exclusion',
  denominatorException: 'denominator-exception',
  numerator: 'numerator',
  numeratorExclusion: 'numerator-exclusion',
  measurePopulation: 'measure-population',
  measurePopulationExclusion: 'measure-population-exclusion',
  performanceDenominator: 'performance-denominator',
  performanceNumerator: 'performance-numerator',
};

const names = Object.keys(populationOf) as (keyof PopulationCounts)[];

/** Filters that leave out much, little or nobody. */
const filters: Query[] = [{}, { site: 'north', provider: 'ito' }, { site: '', payer: 'Medicare' }];

const scopes: Scope[] = [
  { sites: 'all', providers: 'all' },
  { sites: ['north'], providers: 'all' },
  { sites: 'all', providers: ['roy', 'kim'] },
  { sites: ['north', 'south'], providers: ['ito'] },
  { sites: ['south'], providers: ['roy'] },
  { sites: [], providers: 'all' },
];

/** The people of the fixture whom a scope holds, by number. */
function peopleIn({ sites, providers }: Scope): number[] {
  const allows = (allowed: string[] | 'all', id: string | null) =>
    allowed === 'all' || (id !== null && allowed.includes(id));
  return Array.from({ length: populationSize }, (_, n) => n).filter(
    (n) => allows(sites, siteOf(n)) && allows(providers, providerOf(n)),
  );
}

describe('numbers and their lists', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishPopulation(store.settings.dataDir);
    api = await ClinicalApi.open(store, store.settings);
  });

  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  const callers = new Map<string, Promise<Caller>>();
  function caller(scope: Scope): Promise<Caller> {
    const key = JSON.stringify(scope);
    if (!callers.has(key))
      callers.set(key, api.person(`person${callers.size}@example.org`, 'quality', scope));
    return callers.get(key)!;
  }

  describe.each(scopes)('in the scope %j', (scope) => {
    it.each(filters)('count what they list, filtered by %j', async (given) => {
      const user = await caller(scope);
      const { sites, providers, payers } = await user.get<FilterOptions>('/api/filters');
      const known = (value: unknown, options: { id: string }[]) =>
        value === undefined || value === '' || options.some(({ id }) => id === value);
      if (!known(given.site, sites) || !known(given.provider, providers) || !known(given.payer, payers)) {
        expect((await user.send('get', '/api/scorecard', given)).status).toBe(400);
        return;
      }
      const totalOf = async (path: string, query: Query) =>
        (await user.get<Page<PatientRow>>(path, { ...given, ...query, limit: 1 })).total;
      const scorecard = await user.get<Scorecard>('/api/scorecard', given);
      for (const row of scorecard.rows) {
        const list = `/api/measures/${row.measureId}/groups/${row.groupId}/patients`;
        for (const [name, count] of Object.entries(row.counts) as [keyof PopulationCounts, number | null][]) {
          if (count === null) continue;
          expect([row.measureId, name, await totalOf(list, { population: populationOf[name] })]).toEqual([
            row.measureId,
            name,
            count,
          ]);
        }
        expect(await totalOf(list, { population: 'open-gap' })).toBe(row.openGaps);
        const gaps = { measure: row.measureId, group: row.groupId, by: 'gap' };
        expect(await totalOf('/api/gaps', gaps)).toBe(row.openGaps);
        const page = await user.get<MeasurePage>(`/api/measures/${row.measureId}`, given);
        const group = page.groups.find(({ groupId }) => groupId === row.groupId)!;
        expect(group).toMatchObject({ counts: row.counts, openGaps: row.openGaps, trend: row.trend });
        for (const { population, count } of group.funnel) {
          const name = names.find((candidate) => populationOf[candidate] === population)!;
          expect(count).toBe(row.counts[name]);
        }
        for (const { reason, count } of group.failures) {
          expect(await totalOf('/api/gaps', { ...gaps, reason })).toBe(count);
        }
        expect(sum(group.failures.map(({ count }) => count))).toBe(row.openGaps);
        if (group.scoring !== 'proportion') continue;
        const shown = group.providers.filter(({ suppressed }) => !suppressed);
        const isWhole = shown.length === group.providers.length;
        const [cases, met] = [
          sum(shown.map((p) => p.performanceDenominator ?? 0)),
          sum(shown.map((p) => p.performanceNumerator ?? 0)),
        ];
        if (isWhole) {
          expect([cases, met]).toEqual([row.counts.performanceDenominator, row.counts.performanceNumerator]);
        } else {
          // One that is withheld alone would follow from the total.
          expect(group.providers.length - shown.length).toBeGreaterThan(1);
          expect(cases).toBeLessThan(row.counts.performanceDenominator!);
        }
      }
      const { cohorts, patients } = await user.get<CohortList>('/api/cohorts', given);
      expect(patients).toBe(scorecard.patients);
      for (const { cohortId, members } of cohorts) {
        expect(await totalOf(`/api/cohorts/${cohortId}/patients`, {})).toBe(members);
        const page = await user.get<CohortPage>(`/api/cohorts/${cohortId}`, given);
        expect(sum(page.bySite.map((site) => site.members))).toBe(members);
        expect(sum(page.byAge.map((band) => band.patients))).toBe(patients);
      }
      const byPatient = await user.get<GapPatientList>('/api/gaps', { ...given, limit: 500 });
      expect(byPatient.total).toBe(byPatient.rows.length);
      expect(sum(byPatient.rows.map((row) => row.gaps.length))).toBe(
        sum(scorecard.rows.map((row) => row.openGaps)),
      );
      // without a filter of gaps, the row's own count is what the row lists
      expect(byPatient.rows.map((row) => row.openGaps)).toEqual(byPatient.rows.map((row) => row.gaps.length));
    });

    it('are about the people of the scope, and nobody else', async () => {
      const user = await caller(scope);
      const people = peopleIn(scope);
      const scorecard = await user.get<Scorecard>('/api/scorecard');
      expect(scorecard.patients).toBe(people.length);
      const { notEvaluated } = await user.get<MeasurePage>('/api/measures/screening');
      expect(notEvaluated).toBe(people.filter((n) => n % 17 === 16).length);
      const apart = await user.get<NotEvaluatedList>('/api/measures/screening/not-evaluated');
      expect([apart.total, apart.rows.length]).toEqual([notEvaluated, notEvaluated]);

      const everybody = await (
        await caller(scopes[0]!)
      ).get<PopulationList>('/api/measures/screening/groups/main/patients', {
        population: 'initial-population',
        limit: 500,
      });
      const isVisible = (row: PatientRow) =>
        (scope.sites === 'all' || scope.sites.includes(row.siteId ?? '')) &&
        (scope.providers === 'all' || scope.providers.includes(row.providerId ?? ''));
      const visible = new Set(everybody.rows.filter(isVisible).map(({ patientId }) => patientId));

      const lists: [string, Query][] = [
        ...Object.values(populationOf).map((population): [string, Query] => [
          '/api/measures/screening/groups/main/patients',
          { population },
        ]),
        ['/api/measures/followup/groups/main/patients', { population: 'open-gap' }],
        ['/api/measures/screening/not-evaluated', {}],
        ['/api/cohorts/diabetes/patients', {}],
        ['/api/gaps', {}],
        ['/api/gaps', { by: 'gap', status: 'closed-gap' }],
      ];
      for (const [path, query] of lists) {
        const { rows } = await user.get<Page<PatientRow>>(path, { ...query, limit: 500 });
        expect(rows.filter((row) => !isVisible(row))).toEqual([]);
      }
      for (const [path, query] of [
        ['/api/gaps/export', {}],
        ['/api/measures/screening/groups/main/patients/export', { population: 'initial-population' }],
      ] as const) {
        const rows = await user.get<{ site_id: string | null; provider_id: string | null }[]>(path, {
          ...query,
          format: 'json',
        });
        const shown = rows.map((row) => ({ siteId: row.site_id, providerId: row.provider_id }) as PatientRow);
        expect(shown.filter((row) => !isVisible(row))).toEqual([]);
      }

      for (const { patientId } of everybody.rows.slice(0, 12)) {
        const path = `/api/patients/${patientId}`;
        const status = visible.has(patientId) ? 200 : 404;
        expect((await user.send('get', path)).status).toBe(status);
        expect((await user.send('get', `${path}/explanation`, { measure: 'screening' })).status).toBe(status);
        // a forged cursor does not tell whose name comes before whose
        const cursor = writeCursor({ runId: everybody.runId, sort: 'name', row: [patientId] });
        const listed = await user.send('get', '/api/cohorts/diabetes/patients', { cursor });
        expect(listed.status).toBe(status === 200 ? 200 : 400);
      }
    });

    it('names only sites, providers and payers that the scope holds', async () => {
      const user = await caller(scope);
      const people = peopleIn(scope);
      const options = await user.get<FilterOptions>('/api/filters');
      const idsOf = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))].sort();
      expect(options.sites.map(({ id }) => id).sort()).toEqual(idsOf(people.map(siteOf)));
      expect(options.providers.map(({ id }) => id).sort()).toEqual(idsOf(people.map(providerOf)));
      const { groups } = await user.get<MeasurePage>('/api/measures/screening');
      const named = groups[0]!.providers.map(({ providerId }) => providerId || null);
      expect(idsOf(named).filter((id) => !people.map(providerOf).includes(id))).toEqual([]);
      const strata = groups[0]!.strata.find(({ dimension }) => dimension === 'site')!;
      const sites = strata.members.map(({ memberId }) => memberId || null);
      expect(idsOf(sites).filter((id) => !people.map(siteOf).includes(id))).toEqual([]);
    });
  });

  it('agree with the patient: every gap of a list stands on the patient, too', async () => {
    const user = await caller(scopes[0]!);
    const { rows } = await user.get<GapList>('/api/gaps', { by: 'gap', measure: 'followup', limit: 3 });
    expect(rows.length).toBe(3);
    for (const { patientId, gap, openGaps } of rows) {
      const { results, patient } = await user.get<PatientPanel>(`/api/patients/${patientId}`);
      const result = results.find(({ measureId }) => measureId === 'followup')!;
      expect(result.gap).toMatchObject({
        gapStatus: 'open-gap',
        detail: gap.detail,
        gapReason: gap.gapReason,
      });
      expect(results.filter((each) => each.gap?.gapStatus === 'open-gap')).toHaveLength(openGaps);
      expect(patient.openGaps).toBe(openGaps);
    }
  });

  it('follow a new publication at once, and forget what they remembered', async () => {
    const user = await caller(scopes[0]!);
    await user.get('/api/scorecard');
    await publishPopulation(store.settings.dataDir, { size: 40, runId: '20261125T000000Z-bbbbbb' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const scorecard = await user.get<Scorecard>('/api/scorecard');
    expect(scorecard).toMatchObject({ patients: 40, publication: { runId: '20261125T000000Z-bbbbbb' } });
  });
});

function sum(numbers: (number | null)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
