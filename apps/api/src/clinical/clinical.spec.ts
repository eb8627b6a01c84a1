import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { ClinicalApi, type Caller, type Query } from '../../testing/clinical-api';
import { contractSchemas } from '../../testing/contract-schemas';
import { publishPopulation } from '../../testing/publish-population';
import { complaintsAbout } from '../../testing/schema-check';
import schemas from '../openapi/contract.schemas.json';
import type {
  NotEvaluatedList,
  CohortPage,
  Explanation,
  GapPatientList,
  MeasurePage,
  PatientPanel,
  PopulationList,
} from './contract';

jest.setTimeout(120_000);

describe('the clinical API', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let manager: Caller;
  let someone: string;

  beforeAll(async () => {
    store = await openTemporaryStore();
    api = await ClinicalApi.open(store, store.settings);
    manager = await api.as('manager');
  });

  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  describe('before anything is published', () => {
    it.each([
      '/api/publication',
      '/api/scorecard',
      '/api/filters',
      '/api/gaps',
      '/api/patients/x',
      '/api/cohorts',
    ])('%s says so', async (path) => {
      const response = await manager.send('get', path);
      expect(response.status).toBe(503);
      expect(response.type).toBe('application/problem+json');
      expect(JSON.parse(response.text)).toMatchObject({ detail: 'no numbers are published yet' });
    });

    it('lists runs all the same', async () => {
      expect(await manager.get('/api/runs')).toEqual([]);
    });
  });

  describe('with numbers', () => {
    beforeAll(async () => {
      await publishPopulation(store.settings.dataDir);
      const list = await manager.get<PopulationList>('/api/measures/glycemic/groups/main/patients', {
        population: 'initial-population',
        q: 'MRN-1000',
      });
      someone = list.rows[0]!.patientId;
    });

    const people = '/api/measures/screening/groups/main/patients';

    it.each<[string, Query, string]>([
      ['/api/publication', {}, 'Publication'],
      ['/api/filters', {}, 'FilterOptions'],
      ['/api/scorecard', {}, 'Scorecard'],
      ['/api/scorecard', { site: 'north', provider: 'ito', payer: 'Medicare' }, 'Scorecard'],
      ['/api/measures/screening', {}, 'MeasurePage'],
      ['/api/measures/followup', {}, 'MeasurePage'],
      ['/api/measures/stay', {}, 'MeasurePage'],
      ['/api/measures/quiet', {}, 'MeasurePage'],
      [people, { population: 'initial-population', limit: 500 }, 'PopulationList'],
      ['/api/measures/followup/groups/main/patients', { population: 'numerator' }, 'PopulationList'],
      ['/api/measures/stay/groups/main/patients', { population: 'measure-population' }, 'PopulationList'],
      ['/api/measures/screening/not-evaluated', {}, 'NotEvaluatedList'],
      ['/api/cohorts', {}, 'CohortList'],
      ['/api/cohorts/diabetes', {}, 'CohortPage'],
      ['/api/cohorts/diabetes/patients', {}, 'CohortMemberList'],
      ['/api/gaps', { limit: 500 }, 'GapPatientList'],
      ['/api/gaps', { by: 'gap', limit: 500 }, 'GapList'],
      ['/api/gaps', { by: 'gap', status: 'not-applicable' }, 'GapList'],
    ])('GET %s %j is a %s, as the contract has it', async (path, query, name) => {
      expect(complaintsAbout(await manager.get(path, query), name)).toEqual([]);
    });

    it('shows a patient and the reasons, as the contract has them', async () => {
      const panel = await manager.get<PatientPanel>(`/api/patients/${someone}`);
      expect(complaintsAbout(panel, 'PatientPanel')).toEqual([]);
      expect(panel.patient).toMatchObject({
        mrn: 'MRN-1000',
        fullName: 'Ågren, Ana',
        siteName: 'North Clinic',
      });
      expect(panel.cohorts.map(({ cohortId }) => cohortId)).toEqual(['diabetes', 'hypertension']);
      // 56 HbA1c, a mammogram, a visit; and the conditions of the two cohorts
      expect(panel.timeline).toHaveLength(60);
      const path = `/api/patients/${someone}/explanation`;
      const explanation = await manager.get<Explanation>(path, { measure: 'glycemic' });
      expect(complaintsAbout(explanation, 'Explanation')).toEqual([]);
      expect(explanation).toMatchObject({
        evaluated: true,
        groups: [{ gap: { gapStatus: 'not-applicable' } }],
      });
      const [visits, population, , last] = explanation.defines;
      expect([visits!.value, population!.value, last!.value]).toEqual([true, true, null]);
      expect([visits!.evidence.length, visits!.evidenceTotal]).toEqual([50, 58]);
      expect([visits!.decides, population!.decides, last!.decides]).toEqual([
        [{ groupId: 'main', population: 'numerator', isDirect: false }],
        [{ groupId: 'main', population: 'initial-population', isDirect: true }],
        [],
      ]);
    });

    it('tells "not evaluated" from "in no population"', async () => {
      const list = await manager.get<PopulationList>('/api/cohorts/hypertension/patients', { q: 'MRN-1016' });
      const panel = await manager.get<PatientPanel>(`/api/patients/${list.rows[0]!.patientId}`);
      expect(panel.results.map(({ evaluated }) => evaluated)).toEqual([false, false, false, false, false]);
      const path = `/api/patients/${list.rows[0]!.patientId}/explanation`;
      const failed = await manager.get<Explanation>(path, { measure: 'screening' });
      const reason =
        'singleton from more than one element (library FixtureLibrary, define "visits", at 10:1-10:40)';
      expect(failed).toMatchObject({ evaluated: false, notEvaluatedReason: reason });
      const unknown = await manager.get<Explanation>(path, { measure: 'glycemic' });
      expect(unknown).toMatchObject({ evaluated: false, notEvaluatedReason: null });
      const other = await manager.get<PatientPanel>(`/api/patients/${someone}`);
      const quiet = other.results.find(({ measureId }) => measureId === 'quiet');
      expect(quiet).toMatchObject({ evaluated: true, populations: [], gap: null });
    });

    it('lists who was not evaluated, with the place where the logic failed', async () => {
      const path = '/api/measures/screening/not-evaluated';
      const { rows } = await manager.get<NotEvaluatedList>(path, { q: 'MRN-1016' });
      expect(rows).toMatchObject([
        {
          mrn: 'MRN-1016',
          reason: 'singleton from more than one element',
          library: 'FixtureLibrary',
          define: 'visits',
          locator: '10:1-10:40',
        },
      ]);
      // An administrator sees the number, and nobody's name.
      expect((await (await api.as('admin')).send('get', path)).status).toBe(403);
      expect((await manager.send('get', '/api/measures/nothing/not-evaluated')).status).toBe(404);
    });

    it('gives null, not zero, to populations that a measure does not define, and no rate to what has none', async () => {
      const { groups } = await manager.get<MeasurePage>('/api/measures/stay');
      expect(groups[0]).toMatchObject({
        counts: { denominator: null, numerator: null, performanceDenominator: null },
        performanceRate: null,
        trend: [],
        strata: [],
      });
      const quiet = await manager.get<MeasurePage>('/api/measures/quiet');
      expect(quiet.groups[0]).toMatchObject({
        counts: { initialPopulation: 0, numerator: 0, denominatorException: null, performanceDenominator: 0 },
        performanceRate: null,
      });
    });

    it('compares with the trend point before', async () => {
      const page = await manager.get<MeasurePage>('/api/measures/screening', { site: 'south' });
      const { trend, change, counts } = page.groups[0]!;
      expect(trend.map(({ periodEnd }) => periodEnd)).toEqual(['2026-10-31', '2026-11-30', '2026-12-31']);
      expect(trend[1]).toMatchObject({
        performanceDenominator: 10,
        performanceNumerator: 6,
        performanceRate: 0.6,
      });
      expect(trend[2]!.performanceNumerator).toBe(counts.performanceNumerator);
      const rate = counts.performanceNumerator! / counts.performanceDenominator!;
      expect(change!.sincePeriodEnd).toBe('2026-11-30');
      expect(change!.points).toBeCloseTo(100 * (rate - 0.6));
      expect(change!.better).toBe(rate > 0.6);
    });

    it('withholds small strata and what they follow from', async () => {
      const { groups } = await manager.get<MeasurePage>('/api/measures/screening');
      const cells = groups[0]!.strata.flatMap(({ members }) => members);
      expect(cells.some(({ suppressed }) => suppressed)).toBe(true);
      for (const { suppressed, performanceDenominator: d, performanceNumerator: n } of cells) {
        if (suppressed) expect([d, n]).toEqual([null, null]);
        else for (const count of [n!, d! - n!]) expect(count === 0 || count > 10).toBe(true);
      }
    });

    it('counts ages and sites of a cohort up to everybody', async () => {
      const page = await manager.get<CohortPage>('/api/cohorts/diabetes');
      // every third of 75 people
      expect(page.cohort).toMatchObject({ members: 25, prevalence: 25 / 75 });
      for (const parts of [page.bySite, page.byAge]) {
        expect(parts.reduce((sum, { members }) => sum + members, 0)).toBe(25);
        expect(parts.reduce((sum, { patients }) => sum + patients, 0)).toBe(75);
      }
      // every twelfth has both
      expect(page.coOccurrence).toEqual([
        { cohortId: 'hypertension', title: 'Hypertension', members: 7, share: 7 / 25 },
      ]);
    });

    it('asks names in any order, without accents, and numbers by their beginning', async () => {
      const find = async (q: string) =>
        (await manager.get<GapPatientList>('/api/gaps', { q, limit: 500 })).rows.map(
          ({ fullName }) => fullName,
        );
      expect(new Set(await find('ana agren'))).toEqual(new Set(['Agren, Ana', 'Ågren, Ana']));
      expect((await find('mrn-10')).length).toBeGreaterThan(10);
      expect(await find("';drop table patient")).toEqual([]);
      expect(await find('%')).toEqual([]);
    });

    it.each<[string, Query, number, string]>([
      ['/api/scorecard', { sites: 'north' }, 400, 'property sites should not exist'],
      ['/api/scorecard', { site: 'nowhere' }, 400, 'none of your patients has this site'],
      ['/api/measures/nothing', {}, 404, 'the published run has no such measure'],
      [people.replace('main', 'other'), { population: 'numerator' }, 404, 'no such group'],
      [people, { population: 'everybody' }, 400, 'population must be one of'],
      [people, {}, 400, 'population must be one of'],
      [people, { population: 'numerator', limit: 501 }, 400, 'limit must not be greater than 500'],
      [people, { population: 'numerator', limit: 'x' }, 400, 'limit must be an integer'],
      [people, { population: 'numerator', sort: 'mrn' }, 400, 'sort must be one of'],
      [people, { population: 'numerator', cursor: 'bm8' }, 400, 'the cursor is not one of this list'],
      ['/api/patients/nobody', {}, 404, 'there is no such patient'],
      ['/api/cohorts/nothing', {}, 404, 'there is no such cohort'],
      ['/api/cohorts/nothing/patients', {}, 404, 'there is no such cohort'],
      ['/api/gaps', { measure: 'nothing' }, 404, 'the published run has no such measure'],
      ['/api/gaps', { status: 'open' }, 400, 'status must be one of'],
      ['/api/gaps/export', {}, 400, 'format must be one of'],
      ['/api/runs/nothing', {}, 404, 'there is no such run'],
      ['/api/nothing', {}, 404, 'there is no such address'],
    ])('GET %s %j → %i "%s"', async (path, query, status, detail) => {
      const response = await manager.send('get', path, query);
      expect(response.type).toBe('application/problem+json');
      expect(JSON.parse(response.text)).toMatchObject({
        status,
        detail: expect.stringContaining(detail) as string,
      });
    });

    it('answers errors below /fhir as OperationOutcome', async () => {
      const response = await manager.send('get', '/fhir/Measure');
      expect(response.status).toBe(404);
      expect(response.type).toBe('application/fhir+json');
      expect(JSON.parse(response.text)).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-found' }],
      });
    });

    it('shows the admin numbers, and no patient', async () => {
      const admin = await api.as('admin');
      await admin.get('/api/scorecard');
      await admin.get('/api/cohorts/diabetes');
      for (const path of [
        people,
        '/api/cohorts/diabetes/patients',
        '/api/gaps',
        `/api/patients/${someone}`,
      ]) {
        expect((await admin.send('get', path, { population: 'numerator' })).status).toBe(403);
      }
    });

    it('logs neither searches nor patients', async () => {
      await manager.get('/api/gaps', { q: 'zu Putlitz' });
      await manager.get(`/api/patients/${someone}`);
      expect(api.log.text).toContain('/api/gaps');
      for (const secret of ['Putlitz', 'putlitz', someone, 'MRN-'])
        expect(api.log.text).not.toContain(secret);
    });
  });

  it('describes every route with its types', async () => {
    const document = await manager.get<{ paths: Record<string, object>; components: { schemas: object } }>(
      '/api/openapi.json',
    );
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/scorecard',
        '/api/measures/{measureId}/groups/{groupId}/patients',
        '/api/patients/{patientId}/explanation',
        '/api/gaps/export',
        '/api/runs',
        '/api/targets/{measureId}/{groupId}',
      ]),
    );
    const used = JSON.stringify(document.paths).match(/#\/components\/schemas\/\w+/g) ?? [];
    for (const reference of used)
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
  });

  it('has the schemas of the contract (else: npm run -s contract)', () => {
    expect(schemas).toEqual(JSON.parse(JSON.stringify(contractSchemas(join(__dirname, 'contract.ts')))));
  });
});
