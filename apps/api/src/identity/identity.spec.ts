import { setTimeout as sleep } from 'node:timers/promises';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { ClinicalApi, type Caller } from '../../testing/clinical-api';
import { publishPersons } from '../../testing/publish-persons';
import { complaintsAbout } from '../../testing/schema-check';
import type {
  AttributionPreview,
  AttributionSetting,
  IdentityDecision,
  IdentityPairs,
} from '../clinical/contract';

jest.setTimeout(120_000);

describe('who is one person, and who answers for whom', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let quality: Caller;
  let manager: Caller;
  let north: Caller;

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishPersons(store.settings.dataDir, store, 'run-1');
    api = await ClinicalApi.open(store, store.settings);
    quality = await api.as('quality');
    manager = await api.as('manager');
    north = await api.person('north@example.org', 'quality', { sites: ['north'], providers: 'all' });
  });
  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  const pairs = (caller: Caller, state?: string) =>
    caller.get<IdentityPairs>('/api/identity/pairs', { state });
  const families = ({ pairs: list }: IdentityPairs) => list.map(({ left }) => left.family);

  it('shows the two records side by side with what speaks for and against', async () => {
    const waiting = await pairs(quality);
    expect(complaintsAbout(waiting, 'IdentityPairs')).toEqual([]);
    expect(waiting).toMatchObject({
      total: 1,
      pairs: [{ state: 'waiting', thresholds: { same: 36, review: 20 } }],
    });
    const [pair] = waiting.pairs;
    expect([pair!.left.source, pair!.right.source].sort()).toEqual(['clinic', 'hospital']);
    const points = pair!.findings.reduce((sum, { weight }) => sum + weight, 0);
    expect(points).toBeCloseTo(pair!.score, 6);
    expect(families(await pairs(quality, 'merged'))).toEqual(['Okafor']);
  });

  it('shows a pair only to whose scope holds both', async () => {
    expect(await pairs(north)).toEqual({ total: 0, pairs: [] });
    expect(families(await pairs(north, 'merged'))).toEqual(['Okafor']);
    const { left, right } = (await pairs(quality)).pairs[0]!;
    const decision = { left: left.recordId, right: right.recordId, verdict: 'same', reason: 'x' };
    expect((await north.send('post', '/api/identity/decisions', {}, decision)).status).toBe(404);
  });

  it.each(['coordinator', 'manager', 'admin'] as const)('a %s has no part in it', async (role) => {
    const caller = await api.as(role);
    expect((await caller.send('get', '/api/identity/pairs')).status).toBe(403);
    expect((await caller.send('post', '/api/identity/decisions', {}, {})).status).toBe(403);
  });

  it('a decision is taken at once, followed by the next evaluation, and taken back', async () => {
    const { left, right } = (await pairs(quality)).pairs[0]!;
    const request = {
      left: left.recordId,
      right: right.recordId,
      verdict: 'same',
      reason: 'one insurance card',
    };
    const made = await quality.send('post', '/api/identity/decisions', {}, request);
    expect(made.status).toBe(201);
    const decision = made.body as IdentityDecision;
    expect(complaintsAbout(decision, 'IdentityDecision')).toEqual([]);
    expect(decision).toMatchObject({
      leftName: 'Silva, Marina',
      by: 'quality@demo.example',
      withdrawn: null,
    });
    expect((await pairs(quality)).total).toBe(0);
    const again = await quality.send('post', '/api/identity/decisions', {}, { ...request, verdict: 'apart' });
    expect(again.status).toBe(400);
    expect(again.text).toContain('undo that first');

    await publishPersons(store.settings.dataDir, store, 'run-2');
    await sleep(300); // the pointer to the publication is believed for a quarter of a second
    expect(families(await pairs(quality, 'merged')).sort()).toEqual(['Okafor']);
    const back = `/api/identity/decisions/${decision.id}/withdrawal`;
    expect((await north.send('post', back, {}, { reason: 'x' })).status).toBe(404);
    expect((await quality.send('post', back, {}, { reason: 'wrong card' })).status).toBe(200);
    await publishPersons(store.settings.dataDir, store, 'run-3');
    await sleep(300);
    expect(families(await pairs(quality))).toEqual(['Silva']);
    const trail = await quality.get<IdentityDecision[]>('/api/identity/decisions');
    expect(trail).toMatchObject([{ withdrawn: { by: 'quality@demo.example', reason: 'wrong card' } }]);
    expect(await north.get('/api/identity/decisions')).toEqual([]);
  });

  it('neither logs nor audits a name', async () => {
    expect(api.log.text).not.toMatch(/Okafor|Silva|617-555/);
    const audit = await store.dataSource.query<object[]>('select * from catchment.audit_event');
    expect(JSON.stringify(audit)).not.toMatch(/Okafor|Silva/);
    expect(JSON.stringify(audit)).toContain('merge-records');
  });

  describe('the attribution rule', () => {
    const visits = { steps: ['visits', 'assigned'], lookBackMonths: 24, siteOf: 'patient', topSite: false };

    it('is tried before it is chosen: the preview is what happens', async () => {
      const before = await manager.get<AttributionSetting>('/api/attribution');
      expect(complaintsAbout(before, 'AttributionSetting')).toEqual([]);
      expect(before).toMatchObject({
        version: 0,
        publishedVersion: 0,
        rule: { steps: ['assigned', 'visits'] },
      });
      const tried = await manager.send('post', '/api/attribution/preview', {}, visits);
      const preview = tried.body as AttributionPreview;
      expect(complaintsAbout(preview, 'AttributionPreview')).toEqual([]);
      expect(preview).toEqual({
        patients: 4,
        otherSite: 1,
        otherProvider: 0,
        moved: 1,
        moves: [
          {
            from: { id: 'north', name: 'north clinic' },
            to: { id: 'south', name: 'south clinic' },
            patients: 1,
          },
        ],
      });
      const chosen = await manager.send(
        'put',
        '/api/attribution',
        {},
        { rule: visits, reason: 'contract of 2026' },
      );
      expect(chosen.body).toMatchObject({ version: 1, publishedVersion: 0, setBy: 'manager@demo.example' });
      await publishPersons(store.settings.dataDir, store, 'run-4');
      await sleep(300);
      expect(await manager.get('/api/attribution')).toMatchObject({ version: 1, publishedVersion: 1 });
      const after = await manager.send('post', '/api/attribution/preview', {}, visits);
      expect(after.body).toMatchObject({ moved: 0, moves: [] });
    });

    it.each([
      [{ ...visits, steps: [] }, 400],
      [{ ...visits, lookBackMonths: 18 }, 400],
      [{ ...visits, more: 1 }, 400],
    ])('%j is refused', async (rule, status) => {
      expect((await manager.send('put', '/api/attribution', {}, { rule, reason: 'x' })).status).toBe(status);
    });

    it('is nothing for who sees one site, or may only read', async () => {
      const own = await api.person('one@example.org', 'manager', { sites: ['north'], providers: 'all' });
      expect((await own.send('post', '/api/attribution/preview', {}, visits)).status).toBe(403);
      expect((await own.send('put', '/api/attribution', {}, { rule: visits, reason: 'x' })).status).toBe(403);
      expect((await quality.send('put', '/api/attribution', {}, { rule: visits, reason: 'x' })).status).toBe(
        403,
      );
    });
  });
});
