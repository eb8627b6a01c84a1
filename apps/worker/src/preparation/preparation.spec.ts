import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { readProgress } from '@catchment/platform';
import { EvaluationRunRecord, QueuesModule, StoreModule, Target, User, openStore } from '@catchment/store';
import { readPointer } from '@catchment/warehouse';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { SettingsModule } from '../settings.module';
import { PreparationModule } from './preparation.module';
import { PreparationService, type PreparationMessage } from './preparation.service';

// The demo's own people, but fewer of them.
jest.mock('./demo-population', () => {
  const actual = jest.requireActual<typeof import('./demo-population')>('./demo-population');
  const { generatePopulation } =
    jest.requireActual<typeof import('@catchment/synthetic')>('@catchment/synthetic');
  return {
    ...actual,
    ensureDemoPopulation: async (dataDir: string) => {
      const { seed, periodEnd, asOf } = actual.demo;
      const outDir = join(dataDir, 'demo');
      await generatePopulation({ patients: 60, seed, periodEnd, asOf, outDir, overwrite: true });
      return outDir;
    },
  };
});

/** Translating, loading and evaluating: half a minute each on two idle cores. */
const slow = 600_000;

describe('the preparation of the first start', () => {
  let store: TemporaryStore;
  let told: PreparationMessage[];

  beforeAll(async () => {
    store = await openTemporaryStore();
  });

  beforeEach(() => (told = []));

  afterAll(() => store.close());

  async function startWorker(
    demo: boolean,
  ): Promise<{ worker: INestApplicationContext; prepared: Promise<void> }> {
    const own = await openStore({ ...store.settings, databaseUrl: store.url });
    @Module({
      imports: [
        SettingsModule.forRoot({ ...store.settings, demo }, pino({ level: 'silent' })),
        StoreModule.forRoot(own),
        QueuesModule.forRoot({}, store.url),
        PreparationModule,
      ],
    })
    class Worker {}
    const worker = await NestFactory.createApplicationContext(Worker, { logger: false, abortOnError: false });
    return { worker, prepared: worker.get(PreparationService).prepare((message) => told.push(message)) };
  }

  const progress = () => readProgress(store.settings.dataDir);
  const states = () => Object.fromEntries(progress().steps.map(({ name, state }) => [name, state]));
  const runs = () =>
    store.dataSource.getRepository(EvaluationRunRecord).find({ order: { startedAt: 'ASC' } });

  async function until(condition: () => boolean): Promise<void> {
    for (let tries = 0; !condition() && tries < 10_000; tries++) await sleep(50);
  }

  it(
    'brings the starter measures into an empty service, and nothing else, when no demo is wanted',
    async () => {
      const { worker, prepared } = await startWorker(false);
      await prepared;
      await worker.close();
      expect([progress().state, states()]).toEqual(['ready', { database: 'done', measures: 'done' }]);
      expect(await store.dataSource.getRepository(User).count()).toBe(0);
      expect(readPointer(store.settings.dataDir)).toBeUndefined();
    },
    slow,
  );

  it(
    'publishes nothing when it is interrupted, and does not call that a failure',
    async () => {
      const { worker, prepared } = await startWorker(true);
      await until(() => states().evaluate === 'running' || progress().state === 'failed');
      await worker.close();
      await prepared;
      expect(progress()).toMatchObject({ state: 'preparing' });
      expect(readPointer(store.settings.dataDir)).toBeUndefined();
      expect(told).toEqual(['demo-accounts-made']);
      expect(await runs()).toMatchObject([
        { state: 'failed', error: 'the worker was stopped before the run ended' },
      ]);
    },
    slow,
  );

  it(
    'goes on at the next start, to numbers, targets and accounts',
    async () => {
      const { worker } = await startWorker(true);
      await until(() => ['ready', 'failed'].includes(progress().state) && states().publish !== undefined);
      await worker.close();
      expect(progress().error).toBeUndefined();
      expect(Object.values(states())).toEqual(Array(6).fill('done'));
      expect(told).toEqual([]);
      expect((await runs()).map(({ state }) => state)).toEqual(['failed', 'succeeded']);
      const [, run] = await runs();
      expect(readPointer(store.settings.dataDir)?.runId).toBe(run?.id);
      expect(run?.measures).toHaveLength(10);
      expect(run?.error).toBeNull();
      expect(await store.dataSource.getRepository(User).countBy({ demo: true })).toBe(4);
      // Ten measures; tobacco has three groups.
      expect(await store.dataSource.getRepository(Target).count()).toBe(12);
      expect(existsSync(join(store.settings.dataDir, 'demo'))).toBe(false);
    },
    slow,
  );

  it(
    'has nothing to do at a later start',
    async () => {
      const { worker } = await startWorker(true);
      await until(() => progress().state === 'ready' && progress().steps.length === 1);
      await worker.close();
      expect(states()).toEqual({ database: 'done' });
      expect(await runs()).toHaveLength(2);
    },
    slow,
  );
});
