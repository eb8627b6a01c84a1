import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { AuditTrailService } from '@catchment/access';
import { weeklyScorecard } from '@catchment/reports';
import {
  Delivery,
  evaluationQueue,
  EvaluationRunRecord,
  publishRunJob,
  ReportDefinition,
  reportQueue,
} from '@catchment/store';
import { ClinicalApi, type Caller } from '../../testing/clinical-api';
import { publishPopulation } from '../../testing/publish-population';
import { complaintsAbout } from '../../testing/schema-check';
import type {
  HeldPublication,
  MeasurePage,
  ReportDelivery,
  ReportSummary,
  Run,
  Scorecard,
  TargetSetting,
} from './contract';

jest.setTimeout(120_000);

describe('what people set and start', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let manager: Caller;
  let quality: Caller;
  let north: Caller;

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishPopulation(store.settings.dataDir);
    api = await ClinicalApi.open(store, store.settings);
    manager = await api.as('manager');
    quality = await api.as('quality');
    north = await api.person('north@example.org', 'manager', { sites: ['north'], providers: 'all' });
  });

  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  const complaints = (values: unknown[], name: string) =>
    values.flatMap((value) => complaintsAbout(value, name));

  describe('targets', () => {
    const place = '/api/targets/screening/main';

    async function row(user: Caller, site?: string) {
      const { rows } = await user.get<Scorecard>('/api/scorecard', { site });
      return rows.find(({ measureId }) => measureId === 'screening')!;
    }

    it('say how many patients are missing, at once', async () => {
      expect((await row(manager)).target).toBeNull();
      const set = await manager.send('put', place, {}, { value: 0.75 });
      expect(set.status).toBe(200);
      expect(set.body).toMatchObject({ siteId: null, value: 0.75, setBy: 'manager@demo.example' });
      const { counts, target, patientsToTarget } = await row(manager);
      expect(target).toBe(0.75);
      // three quarters of the denominator, rounded up, in whole patients
      const wanted = Math.ceil((3 * counts.performanceDenominator!) / 4);
      expect(patientsToTarget).toBe(wanted - counts.performanceNumerator!);
      const page = await manager.get<MeasurePage>('/api/measures/screening');
      expect(page.groups[0]).toMatchObject({ target, patientsToTarget });
    });

    it('of a site hold for the site, and for who sees only that site', async () => {
      await north.send('put', place, { site: 'north' }, { value: 0.9 }).expect(200);
      expect((await row(manager)).target).toBe(0.75);
      expect((await row(manager, 'north')).target).toBe(0.9);
      expect((await row(manager, 'south')).target).toBe(0.75);
      expect((await row(north)).target).toBe(0.9);
      const targets = await manager.get<TargetSetting[]>('/api/targets');
      expect(complaints(targets, 'TargetSetting')).toEqual([]);
      expect(targets.map(({ siteId, value }) => [siteId, value])).toEqual([
        [null, 0.75],
        ['north', 0.9],
      ]);
    });

    it.each([
      ['of the organisation', {}, { value: 0.5 }, 403],
      ['of another site', { site: 'south' }, { value: 0.5 }, 403],
      ['above one', { site: 'north' }, { value: 1.5 }, 400],
      ['too fine', { site: 'north' }, { value: 0.1234567 }, 400],
      ['that is none', { site: 'north' }, {}, 400],
    ])('%s are refused to a manager of one site', async (_, query, body, status) => {
      expect((await north.send('put', place, query, body)).status).toBe(status);
    });

    it('need a measure, a group, a site and a proportion', async () => {
      const put = async (path: string, query = {}) =>
        (await manager.send('put', path, query, { value: 0.5 })).status;
      expect(await put('/api/targets/nothing/main')).toBe(404);
      expect(await put('/api/targets/screening/other')).toBe(404);
      expect(await put(place, { site: 'nowhere' })).toBe(400);
      expect(await put('/api/targets/stay/main')).toBe(400);
    });

    it('are not for everybody to set, and can be taken back', async () => {
      expect((await quality.send('put', place, {}, { value: 0.5 })).status).toBe(403);
      await north.send('delete', place, { site: 'north' }).expect(204);
      await north.send('delete', place, { site: 'north' }).expect(404);
      expect((await row(north)).target).toBe(0.75);
      const trail = await api.application.get(AuditTrailService, { strict: false }).page(200);
      expect(trail.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['set-target', 'remove-target', 'change-refused']),
      );
    });
  });

  describe('runs', () => {
    const request = { periodStart: '2026-01-01', periodEnd: '2026-12-31', reason: 'new value sets' };

    it('wait in the queue, under the id that they will have', async () => {
      const response = await quality.send('post', '/api/runs', {}, request);
      expect(response.status).toBe(202);
      const run = response.body as Run;
      expect(complaints([run], 'Run')).toEqual([]);
      expect(run).toMatchObject({ ...request, state: 'queued', startedBy: 'quality@demo.example' });
      const queue = api.application.get<Queue>(getQueueToken(evaluationQueue), { strict: false });
      const job = await queue.getJob(run.runId);
      expect(job?.data).toMatchObject({ ...request, runId: run.runId, measureIds: 'all' });
      expect(await quality.get<Run>(`/api/runs/${run.runId}`)).toEqual(run);
      expect((await quality.get<Run[]>('/api/runs'))[0]).toEqual(run);
    });

    it('are then shown from their record, and the published one is marked', async () => {
      const [queued] = await quality.get<Run[]>('/api/runs');
      const record = {
        measures: [{ measureId: 'screening', canonical: 'urn:x', version: '0.1.0' }],
        periodStart: '2026-01-01',
        periodEnd: '2026-12-31',
        dataSnapshot: { dataAsOf: '2026-11-24T00:00:00Z', patients: 75 },
        startedBy: 'system',
        reason: 'demo',
        engineVersion: 'fixture',
      };
      const records = store.dataSource.getRepository(EvaluationRunRecord);
      await records.insert([
        {
          ...record,
          id: '20261124T000000Z-aaaaaa',
          state: 'succeeded',
          startedAt: new Date('2026-11-24T00:00:00Z'),
          finishedAt: new Date('2026-11-24T00:00:05Z'),
          durationMs: 5000,
          contentHash: 'f00d',
        },
        {
          ...record,
          id: queued!.runId,
          state: 'failed',
          error: 'no value set of urn:x',
          startedAt: new Date('2026-11-25T00:00:00Z'),
        },
      ]);
      const runs = await quality.get<Run[]>('/api/runs');
      expect(complaints(runs, 'Run')).toEqual([]);
      expect(runs.map(({ runId, state, published }) => [runId, state, published])).toEqual([
        [queued!.runId, 'failed', false],
        ['20261124T000000Z-aaaaaa', 'succeeded', true],
      ]);
      expect(runs[0]).toMatchObject({ message: 'no value set of urn:x', finishedAt: null });
      expect(runs[1]).toMatchObject({ patients: 75, dataAsOf: '2026-11-24T00:00:00Z', durationMs: 5000 });
    });

    it.each([
      ['a day that is none', { ...request, periodEnd: '2026-02-30' }],
      ['a period that ends before it starts', { ...request, periodEnd: '2025-12-31' }],
      ['no reason', { ...request, reason: '' }],
      ['no measure', { ...request, measureIds: [] }],
      ['a time', { ...request, periodStart: '2026-01-01T00:00:00Z' }],
    ])('are refused with %s', async (_, body) => {
      expect((await quality.send('post', '/api/runs', {}, body)).status).toBe(400);
    });

    describe('with suspicious data', () => {
      const suspicions = [{ kind: 'fewer-patients' as const, before: 75, now: 12 }];
      const shown = {
        kind: 'fewer-patients',
        type: null,
        countBefore: 75,
        countNow: 12,
        dataAsOfBefore: null,
        dataAsOfNow: null,
        days: null,
      };
      const path = (runId: string, action: string): string => `/api/runs/${runId}/${action}`;
      const trail = () => api.application.get(AuditTrailService, { strict: false }).page(10);

      /** A run that waits; the one before it waits no more. */
      async function hold(id: string): Promise<void> {
        const records = store.dataSource.getRepository(EvaluationRunRecord);
        await records.update({ state: 'suspicious' }, { state: 'dismissed' });
        await records.insert({
          id,
          measures: [{ measureId: 'screening', canonical: 'urn:x', version: '0.1.0', keptFrom: 'run-0' }],
          periodStart: '2026-01-01',
          periodEnd: '2026-12-31',
          dataSnapshot: { dataAsOf: '2026-11-25T00:00:00Z', patients: 12 },
          startedBy: 'new data',
          reason: 'new data of clinic',
          engineVersion: 'fixture',
          state: 'suspicious',
          startedAt: new Date('2026-11-25T06:00:00Z'),
          suspicions,
          heldFile: `${id}.duckdb`,
        });
      }

      it('are told to everybody; the figures to those who may read runs', async () => {
        expect(await manager.get('/api/publication/held')).toEqual({ run: null });
        await hold('run-a');
        const coordinator = await api.as('coordinator');
        const told = await manager.get<HeldPublication>('/api/publication/held');
        expect(complaints([told], 'HeldPublication')).toEqual([]);
        expect(told.run).toEqual({
          runId: 'run-a',
          startedAt: '2026-11-25T06:00:00.000Z',
          suspicions: [shown],
          decision: null,
        });
        const { run } = await coordinator.get<HeldPublication>('/api/publication/held');
        expect(run).toMatchObject({ runId: 'run-a', suspicions: null });
        const listed = await quality.get<Run>('/api/runs/run-a');
        expect(complaints([listed], 'Run')).toEqual([]);
        expect(listed).toMatchObject({
          state: 'suspicious',
          published: false,
          suspicions: [shown],
          decision: null,
        });
        expect(listed.measures).toEqual([{ measureId: 'screening', version: '0.1.0', keptFrom: 'run-0' }]);
      });

      it('are published when somebody who may says so, with a reason and a trace, once', async () => {
        const body = { reason: 'two sites left' };
        const asked = path('run-a', 'publication');
        expect((await manager.send('post', asked, {}, body)).status).toBe(403);
        expect((await quality.send('post', asked, {}, { reason: '' })).status).toBe(400);
        expect((await quality.send('post', path('nothing', 'publication'), {}, body)).status).toBe(404);
        const answer = await quality.send('post', asked, {}, body);
        expect(answer.status).toBe(202);
        expect(answer.body).toMatchObject({
          state: 'suspicious',
          decision: { action: 'publish', by: 'quality@demo.example', reason: 'two sites left' },
        });
        expect((await quality.send('post', asked, {}, body)).status).toBe(409);
        const queue = api.application.get<Queue>(getQueueToken(evaluationQueue), { strict: false });
        const jobs = (await queue.getJobs(['waiting'])).filter(({ name }) => name === publishRunJob);
        expect(jobs.map(({ data }) => data as unknown)).toEqual([{ runId: 'run-a' }]);
        // The job that publishes is no run of its own.
        const runs = await quality.get<Run[]>('/api/runs');
        expect(runs.filter(({ runId }) => runId === 'run-a')).toHaveLength(1);
        expect((await trail())[0]).toMatchObject({
          actor: 'quality@demo.example',
          action: 'publish-run',
          objectId: 'run-a',
          detail: body,
        });
      });

      it('are dismissed by an administrator, too; then nothing waits', async () => {
        await hold('run-b');
        const admin = await api.as('admin');
        const answer = await admin.send('post', path('run-b', 'dismissal'), {}, { reason: 'the feed broke' });
        expect(answer.status).toBe(202);
        expect(answer.body).toMatchObject({ state: 'dismissed', decision: { action: 'dismiss' } });
        expect(await manager.get('/api/publication/held')).toEqual({ run: null });
        expect((await admin.send('post', path('run-b', 'publication'), {}, { reason: 'x' })).status).toBe(
          409,
        );
        expect((await trail())[0]).toMatchObject({ action: 'dismiss-run', objectId: 'run-b' });
      });
    });

    it('are started by those who may', async () => {
      expect((await manager.send('post', '/api/runs', {}, request)).status).toBe(403);
    });
  });

  describe('reports', () => {
    let reportId: string;

    beforeAll(async () => {
      const definitions = store.dataSource.getRepository(ReportDefinition);
      const saved = await definitions.save({ ...weeklyScorecard, createdBy: 'system' });
      reportId = saved.id;
      const deliveries = store.dataSource.getRepository(Delivery);
      const files = ['2026-11-23-weekly-scorecard-1f2e3d4c/weekly-scorecard-2026-11-22.pdf'];
      await deliveries.save({
        definition: saved,
        jobId: 'job-1',
        status: 'delivered',
        attempts: 2,
        files,
        runId: 'r1',
        dueAt: new Date('2026-11-23T11:00:00Z'),
        finishedAt: new Date('2026-11-23T11:00:09Z'),
      });
      const outbox = join(store.settings.dataDir, 'outbox');
      mkdirSync(join(outbox, '2026-11-23-weekly-scorecard-1f2e3d4c'), { recursive: true });
      writeFileSync(join(outbox, files[0]!), '%PDF-1.7 fixture');
      writeFileSync(join(outbox, 'secret.txt'), 'not a file of a delivery');
    });

    it('say when they come next, and what became of them', async () => {
      const reports = await manager.get<ReportSummary[]>('/api/reports');
      expect(complaints(reports, 'ReportSummary')).toEqual([]);
      const [weekly] = reports;
      expect(weekly).toMatchObject({ reportId, name: 'Weekly scorecard', cron: '0 6 * * 1' });
      // Monday, 06:00 in New York: 10:00 or 11:00 UTC
      const next = new Date(weekly!.nextRun!);
      expect([next.getUTCDay(), next.getUTCMinutes()]).toEqual([1, 0]);
      expect([10, 11]).toContain(next.getUTCHours());
      expect(weekly!.lastDelivery).toMatchObject({
        status: 'delivered',
        attempts: 2,
        files: ['weekly-scorecard-2026-11-22.pdf'],
      });
    });

    it('are made at once when somebody asks', async () => {
      const response = await manager.send('post', `/api/reports/${reportId}/deliveries`);
      expect(response.status).toBe(202);
      const queue = api.application.get<Queue>(getQueueToken(reportQueue), { strict: false });
      expect((await queue.getJobs(['waiting'])).map(({ data }) => data as unknown)).toEqual([
        { definitionId: reportId },
      ]);
      const deliveries = await manager.get<ReportDelivery[]>(`/api/reports/${reportId}/deliveries`);
      expect(complaints(deliveries, 'ReportDelivery')).toEqual([]);
      expect(deliveries.map(({ status }) => status)).toEqual(['queued', 'delivered']);
    });

    it('can be fetched, and nothing else of the outbox', async () => {
      const list = await manager.get<ReportDelivery[]>(`/api/reports/${reportId}/deliveries`);
      const folder = `/api/reports/${reportId}/deliveries/${list[1]!.deliveryId}/files`;
      const file = await manager.send('get', `${folder}/weekly-scorecard-2026-11-22.pdf`).buffer(true);
      expect([file.status, file.type]).toEqual([200, 'application/pdf']);
      expect(file.get('Content-Disposition')).toContain('attachment');
      for (const name of ['secret.txt', '..%2Fsecret.txt', '..%2F..%2Fpostgres%2FPG_VERSION']) {
        expect((await manager.send('get', `${folder}/${name}`)).status).toBe(404);
      }
    });

    it('of everybody are not shown to who may see a part', async () => {
      expect(await north.get('/api/reports')).toEqual([]);
      for (const [method, path] of [
        ['get', `/api/reports/${reportId}/deliveries`],
        ['post', `/api/reports/${reportId}/deliveries`],
        ['get', '/api/reports/nothing/deliveries'],
      ] as const) {
        expect((await north.send(method, path)).status).toBe(404);
      }
    });
  });
});
