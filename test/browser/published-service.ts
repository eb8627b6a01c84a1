import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { weeklyScorecard } from '@catchment/reports';
import { Delivery, EvaluationRunRecord, ReportDefinition, WorklistItem, type Store } from '@catchment/store';
import { ClinicalApi } from '../../apps/api/testing/clinical-api';
import { publishPopulation } from '../../apps/api/testing/publish-population';
import { openTemporaryStore } from '../../libs/store/testing/temporary-store';
import { bundleWebApp } from './bundled-web-app';

export const reportFile = 'weekly-scorecard-2026-11-22.pdf';
export const publishedRun = '20261124T000000Z-aaaaaa';

/** The whole service as users meet it, over published marts of a small population. */
export interface PublishedService {
  url: string;
  api: ClinicalApi;
  store: Store;
  close: () => Promise<void>;
}

export async function startPublishedService(): Promise<PublishedService> {
  const [store, webApp] = await Promise.all([openTemporaryStore(), bundleWebApp()]);
  const { dataDir } = store.settings;
  await publishPopulation(dataDir);
  await recordWhatPeopleDid(store, dataDir);
  const api = await ClinicalApi.open(store, store.settings, webApp);
  const { port } = api.application.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    api,
    store,
    close: async () => {
      await api.application.close();
      await store.close();
      rmSync(webApp, { recursive: true, force: true });
    },
  };
}

/** A run's record, one that failed, and a report that was delivered. */
async function recordWhatPeopleDid(store: Store, dataDir: string): Promise<void> {
  const run = {
    measures: [{ measureId: 'screening', canonical: 'urn:fixture:Measure/screening', version: '0.1.0' }],
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    dataSnapshot: { dataAsOf: '2026-11-24T00:00:00Z', patients: 75 },
    startedBy: 'system',
    engineVersion: 'fixture',
  };
  await store.dataSource.getRepository(EvaluationRunRecord).insert([
    {
      ...run,
      id: publishedRun,
      state: 'succeeded',
      reason: 'nightly',
      startedAt: new Date('2026-11-24T00:00:00Z'),
      finishedAt: new Date('2026-11-24T00:00:05Z'),
      durationMs: 5000,
      contentHash: 'f00d'.repeat(16),
    },
    {
      ...run,
      id: '20261123T000000Z-bbbbbb',
      state: 'failed',
      reason: 'value sets imported',
      error: 'no value set urn:fixture:missing',
      startedAt: new Date('2026-11-23T00:00:00Z'),
    },
  ]);
  const definition = await store.dataSource
    .getRepository(ReportDefinition)
    .save({ ...weeklyScorecard, createdBy: 'system' });
  const path = join('2026-11-23-weekly-scorecard-1f2e3d4c', reportFile);
  await store.dataSource.getRepository(Delivery).save({
    definition,
    jobId: 'job-1',
    status: 'delivered',
    attempts: 2,
    files: [path],
    runId: publishedRun,
    dueAt: new Date('2026-11-23T11:00:00Z'),
    finishedAt: new Date('2026-11-23T11:00:09Z'),
  });
  const file = join(dataDir, 'outbox', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '%PDF-1.7 fixture');
}

/** Somebody called about this gap once and will again. */
export async function recordWork(
  store: Store,
  gap: { patientId: string; measureId: string; groupId: string },
): Promise<void> {
  await store.dataSource.getRepository(WorklistItem).insert({
    ...gap,
    workStatus: 'attempted',
    assignee: 'coordinator@demo.example',
    attempts: 2,
    lastAttemptAt: new Date('2026-11-20T15:00:00Z'),
    nextActionDate: '2026-11-27',
  });
}
