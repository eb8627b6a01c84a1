import { setTimeout as sleep } from 'node:timers/promises';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { ClinicalApi, type Caller } from '../../testing/clinical-api';
import { publishQuality } from '../../testing/publish-quality';
import { complaintsAbout } from '../../testing/schema-check';
import type {
  CodeMapping,
  Explanation,
  MappingPreview,
  MappingTarget,
  MeasurePage,
  MeasureQualityDetail,
  PopulationList,
  QualityOverview,
  Scorecard,
  UnmappedCode,
} from '../clinical/contract';

jest.setTimeout(120_000);

describe('whether the data can be trusted', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let quality: Caller;

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishQuality(store.settings.dataDir, store, 'run-1');
    api = await ClinicalApi.open(store, store.settings);
    quality = await api.as('quality');
  });
  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  const mapping = {
    system: 'urn:clinic',
    code: 'SYS',
    targetSystem: 'http://loinc.org',
    targetCode: '8480-6',
  };
  /** A resource among the evidence of whoever has it. */
  async function explained(id: string) {
    const path = '/api/measures/BP/groups/G/patients';
    const { rows } = await quality.get<PopulationList>(path, { population: 'initial-population' });
    const explanations = await Promise.all(
      rows.map(({ patientId }) =>
        quality.get<Explanation>(`/api/patients/${patientId}/explanation`, { measure: 'BP' }),
      ),
    );
    for (const explanation of explanations) expect(complaintsAbout(explanation, 'Explanation')).toEqual([]);
    return explanations
      .flatMap(({ defines }) => defines.flatMap(({ evidence }) => evidence))
      .find((resource) => resource.id === id);
  }
  const measure = () => quality.get<MeasureQualityDetail>('/api/quality/measures/BP');

  it('grades source and measure and says why', async () => {
    const overview = await quality.get<QualityOverview>('/api/quality');
    expect(complaintsAbout(overview, 'QualityOverview')).toEqual([]);
    // 6 resources, one observation without a date
    expect(overview.sources).toMatchObject([{ source: 'clinic', grade: 'D', score: 5 / 6, patients: 2 }]);
    expect(overview.findings).toMatchObject([
      { check: 'no-date', type: 'Observation', affected: 1, total: 4, examples: ['o2'] },
    ]);
    // the measure selects two observations, one usable, and two patients: (1 + 1/2) / 2
    const detail = await measure();
    expect(complaintsAbout(detail, 'MeasureQualityDetail')).toEqual([]);
    expect(detail).toMatchObject({ grade: 'F', score: 0.75 });
    expect(detail.findings).toMatchObject([{ check: 'no-date', name: 'Pressures', affected: 1, total: 2 }]);
  });

  it('shows ids of resources only to who sees every patient', async () => {
    const north = await api.person('north@example.org', 'quality', { sites: ['north'], providers: 'all' });
    for (const caller of [north, await api.as('admin')])
      expect((await caller.get<QualityOverview>('/api/quality')).findings[0]).toMatchObject({
        affected: 1,
        examples: [],
      });
    const refused = await north.send('post', '/api/quality/mappings', {}, { ...mapping, reason: 'x' });
    expect(refused.status).toBe(403);
  });

  it.each(['coordinator', 'manager'] as const)(
    'a %s sees the grade beside the rate, and no more',
    async (role) => {
      const caller = await api.as(role);
      for (const path of ['', '/measures/BP', '/codes', '/mappings', '/targets?type=Observation&search=8480'])
        expect((await caller.send('get', `/api/quality${path}`)).status).toBe(403);
      const scorecard = await caller.get<Scorecard>('/api/scorecard');
      expect(complaintsAbout(scorecard, 'Scorecard')).toEqual([]);
      const expected = { grade: 'F', reason: '50 % of what is read of Observation is usable' };
      expect(scorecard.rows).toMatchObject([{ measureId: 'BP', dataQuality: expected }]);
      const page = await caller.get<MeasurePage>('/api/measures/BP');
      expect(complaintsAbout(page, 'MeasurePage')).toEqual([]);
      expect(page.dataQuality).toEqual(expected);
    },
  );

  it('an administrator reads and changes nothing', async () => {
    const sent = await (
      await api.as('admin')
    ).send('post', '/api/quality/mappings', {}, { ...mapping, reason: 'x' });
    expect(sent.status).toBe(403);
  });

  it('ranks codes and shows before saving whom a mapping adds', async () => {
    const codes = await quality.get<UnmappedCode[]>('/api/quality/codes');
    expect(complaintsAbout(codes[0], 'UnmappedCode')).toEqual([]);
    expect(codes).toMatchObject([
      {
        system: 'urn:clinic',
        code: 'SYS',
        patients: 2,
        likeness: 'same-display',
        target: { code: '8480-6' },
      },
    ]);
    const sent = await quality.send('post', '/api/quality/mappings/preview', {}, mapping);
    const preview = sent.body as MappingPreview;
    expect(complaintsAbout(preview, 'MappingPreview')).toEqual([]);
    // p1 has a LOINC pressure already
    expect(preview).toMatchObject({
      patients: 2,
      resources: 2,
      valueSets: [{ measureId: 'BP', type: 'Observation', title: 'Systolic pressures', patients: 1 }],
    });
  });

  it.each([
    ['8480', ['8480-6']],
    ['systolic BLOOD', ['8480-6']],
    ['pressures', ['8480-6']],
    ['pressures diastolic', []],
    ['480-6', []],
    ['%', []],
  ])('finds what a code may mean by %s', async (search, codes) => {
    const found = await quality.get<MappingTarget[]>('/api/quality/targets', { type: 'Observation', search });
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.flatMap((target) => complaintsAbout(target, 'MappingTarget'))).toEqual([]);
    for (const target of found)
      expect(target).toEqual({
        system: 'http://loinc.org',
        code: '8480-6',
        display: 'Systolic blood pressure',
        valueSets: ['Systolic pressures'],
      });
    expect(await quality.get('/api/quality/targets', { type: 'Condition', search })).toEqual([]);
  });

  it.each([
    [{ ...mapping, targetCode: '1-8' }, 'no value set of a published measure has the target code'],
    [{ ...mapping, code: 'NONE' }, 'the published data have no such code that waits for a mapping'],
  ])('refuses a mapping that changes nothing', async (wrong, message) => {
    const sent = await quality.send('post', '/api/quality/mappings', {}, { ...wrong, reason: 'x' });
    expect(sent.status).toBe(400);
    expect(JSON.stringify(sent.body)).toContain(message);
  });

  it('a mapping counts from the next evaluation on, and withdrawn it counts no more', async () => {
    const sent = await quality.send(
      'post',
      '/api/quality/mappings',
      {},
      { ...mapping, reason: 'lab’s own code' },
    );
    const made = sent.body as CodeMapping;
    expect(sent.status).toBe(201);
    expect(complaintsAbout(made, 'CodeMapping')).toEqual([]);
    expect(made).toMatchObject({ published: false, withdrawn: null, reason: 'lab’s own code' });
    expect(await explained('o4')).toBeUndefined();
    const again = await quality.send('post', '/api/quality/mappings', {}, { ...mapping, reason: 'x' });
    expect(JSON.stringify(again.body)).toContain('already; withdraw that first');

    await publishQuality(store.settings.dataDir, store, 'run-2');
    await sleep(1100); // the pointer is read once a second
    expect((await measure()).inputs.find(({ type }) => type === 'Observation')).toMatchObject({
      resources: 4,
      usable: 3,
    });
    expect(await quality.get<CodeMapping[]>('/api/quality/mappings')).toMatchObject([{ published: true }]);
    expect(await explained('o4')).toMatchObject({
      code: 'SYS',
      countsAs: [{ ...mapping, by: 'quality@demo.example', at: made.at.replace(/\.\d+Z$/, 'Z') }],
    });
    expect(await explained('o1')).toMatchObject({ code: '8480-6', countsAs: [] });
    expect(await quality.get<UnmappedCode[]>('/api/quality/codes')).toEqual([]);

    const path = `/api/quality/mappings/${made.id}/withdrawal`;
    expect((await quality.send('post', path, {}, { reason: 'wrong lab' })).body).toMatchObject({
      withdrawn: { reason: 'wrong lab' },
    });
    await publishQuality(store.settings.dataDir, store, 'run-3');
    await sleep(1100);
    expect(await explained('o4')).toBeUndefined();
    const after = await measure();
    expect(after).toMatchObject({ grade: 'F', score: 0.75 });
    expect(after.trend.map(({ runId }) => runId)).toEqual(['run-1', 'run-2', 'run-3']);

    // Said again, it is another mapping: the one that was withdrawn counts no more.
    await quality.send('post', '/api/quality/mappings', {}, { ...mapping, reason: 'right after all' });
    await publishQuality(store.settings.dataDir, store, 'run-4');
    await sleep(1100);
    expect(await quality.get<CodeMapping[]>('/api/quality/mappings')).toMatchObject([
      { reason: 'right after all', withdrawn: null, published: true },
      { withdrawn: { reason: 'wrong lab' }, published: false },
    ]);
  });
});
