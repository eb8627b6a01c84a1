import { getQueueToken } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, type Queue } from 'bullmq';
import { pino } from 'pino';
import {
  evaluateRun,
  EvaluationRunsService,
  type EvaluateRunRequest,
  type MeasureOutcome,
  type RunOutcome,
} from '@catchment/measures';
import { Diagnostic } from '@catchment/platform';
import {
  EvaluationRunRecord,
  QueuesModule,
  StoreModule,
  evaluationQueue,
  openStore,
  publishRunJob,
  type EvaluationJob,
} from '@catchment/store';
import { openWarehouse, readPointer } from '@catchment/warehouse';
import { loadClinicalFixture, recordClinicalResults } from '../../../../libs/gaps/src/clinical.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { SettingsModule } from '../settings.module';
import { EvaluationModule } from './evaluation.module';
import { EvaluationService } from './evaluation.service';

// What a run computes is the business of libs/measures; here it writes the five people of the clinical fixture.
jest.mock('../../../../libs/measures/src/evaluate/evaluate-run', () => ({ evaluateRun: jest.fn() }));
const evaluating = jest.mocked(evaluateRun);

const evaluated = (measureId: string): MeasureOutcome => ({
  state: 'evaluated',
  measureId,
  version: '1.0.0',
  title: measureId,
  groups: [],
  notEvaluated: 0,
  limitations: [],
  carriedOver: false,
  seconds: 1,
});
const failed = (measureId: string): MeasureOutcome => ({
  state: 'failed',
  measureId,
  reason: 'no expansion of urn:x',
});

/** The fixture writes both measures whichever are asked for: what stays of the others is the business of libs/measures. */
async function results(
  { connection, runId, periodStart, periodEnd }: EvaluateRunRequest,
  measures = [evaluated('breast-screening'), evaluated('glycemic-status')],
): Promise<RunOutcome> {
  await recordClinicalResults(connection, runId);
  return { runId, period: { start: periodStart, end: periodEnd }, patients: 5, measures };
}

const backends: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (process.env.REDIS_URL) backends.push(['Redis', process.env.REDIS_URL]);

describe.each(backends)('evaluation jobs with queues on %s', (_name, redisUrl) => {
  let store: TemporaryStore;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    store = await openTemporaryStore();
    const warehouse = await openWarehouse(store.settings.dataDir);
    await loadClinicalFixture(warehouse.main);
    await warehouse.main.run(
      `insert into landing.file (file_id, path, sha256, bytes, source, received_at)
       values (1, 'five.ndjson', 'abc', 1, 'fixture', '2026-11-24 00:00:00')`,
    );
    warehouse.close();
    worker = await startWorker();
  }, 120_000);

  beforeEach(() => evaluating.mockReset().mockImplementation((request) => results(request)));

  afterAll(async () => {
    await queue().obliterate({ force: true });
    await worker.close();
    await store.close();
  });

  /** Its data source is its own: Nest closes the one that it is given. */
  async function startWorker(): Promise<INestApplicationContext> {
    const own = await openStore({ ...store.settings, databaseUrl: store.url });
    @Module({
      imports: [
        SettingsModule.forRoot(store.settings, pino({ level: 'silent' })),
        StoreModule.forRoot(own),
        QueuesModule.forRoot({ redisUrl }, store.url),
        EvaluationModule,
      ],
    })
    class Worker {}
    return NestFactory.createApplicationContext(Worker, { logger: false, abortOnError: false });
  }

  function queue(): Queue<EvaluationJob> {
    return worker.get<Queue<EvaluationJob>>(getQueueToken(evaluationQueue), { strict: false });
  }

  const records = () => store.dataSource.getRepository(EvaluationRunRecord);
  const published = () => readPointer(store.settings.dataDir)?.runId;

  async function ask(
    options: { runId?: string; backoff?: number } & Partial<EvaluationJob> = {},
  ): Promise<Job<EvaluationJob>> {
    const { runId, backoff = 100, ...more } = options;
    return queue().add(
      'evaluate',
      {
        ...(runId && { runId }),
        measureIds: 'all',
        periodStart: '2026-01-01',
        periodEnd: '2026-12-31',
        startedBy: 'quality@example.org',
        reason: 'spec',
        ...more,
      },
      { attempts: 3, backoff },
    );
  }

  /** Waits until the job is in one of the states; resolves with the job as it is then. */
  async function settled(job: Job<EvaluationJob>, ...states: string[]): Promise<Job<EvaluationJob>> {
    for (let tries = 0; tries < 300; tries++) {
      if (states.includes(await job.getState())) break;
      await sleep(100);
    }
    return (await queue().getJob(job.id!))!;
  }

  it('end in published numbers and a record that says what they are', async () => {
    const job = await settled(await ask({ runId: 'run-1' }), 'completed', 'failed');
    expect(await job.getState()).toBe('completed');
    expect(published()).toBe('run-1');
    const record = await records().findOneByOrFail({ id: 'run-1' });
    expect(record).toMatchObject({
      state: 'succeeded',
      published: true,
      error: null,
      startedBy: 'quality@example.org',
      periodEnd: '2026-12-31',
      dataSnapshot: { dataAsOf: '2026-11-24T00:00:00Z', patients: 5, resources: { Patient: 5 } },
    });
    expect(record.measures.map(({ measureId }) => measureId)).toEqual([
      'breast-screening',
      'glycemic-status',
    ]);
    expect(evaluating.mock.calls[0]?.[0]).toMatchObject({
      measureIds: 'all',
      dataAsOf: '2026-11-24T00:00:00Z',
    });
  });

  it('have the same content hash when nothing changed', async () => {
    await settled(await ask({ runId: 'run-2' }), 'completed', 'failed');
    const [first, second] = await Promise.all(
      ['run-1', 'run-2'].map((id) => records().findOneByOrFail({ id })),
    );
    expect(second?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.contentHash).toBe(first?.contentHash);
    expect([first?.published, second?.published]).toEqual([false, true]);
  });

  it('do nothing for a run that has succeeded, as after a kill before the queue was told', async () => {
    await settled(await ask({ runId: 'run-2' }), 'completed', 'failed');
    expect(evaluating).not.toHaveBeenCalled();
  });

  it('publish nothing when the run fails, say why, and do not try again what would fail again', async () => {
    evaluating.mockRejectedValue(new Diagnostic('there are no measures to evaluate'));
    const job = await settled(await ask({ runId: 'run-3' }), 'completed', 'failed');
    expect([await job.getState(), job.attemptsMade]).toEqual(['failed', 1]);
    expect(published()).toBe('run-2');
    expect(await records().findOneByOrFail({ id: 'run-3' })).toMatchObject({
      state: 'failed',
      published: false,
      error: 'there are no measures to evaluate',
    });
  });

  it('are tried again as the same run after a failure that may pass, which does not tell a patient’s data', async () => {
    evaluating.mockRejectedValueOnce(new Error('Conversion Error: could not convert Jane Doe'));
    const job = await ask({ backoff: 1_500 });
    await settled(job, 'delayed');
    const { runId } = (await queue().getJob(job.id!))!.data;
    expect((await records().findOneByOrFail({ id: runId })).error).toBe('unexpected failure: Error');
    const done = await settled(job, 'completed', 'failed');
    expect([await done.getState(), published(), done.data.runId]).toEqual(['completed', runId, runId]);
    expect(await records().findOneByOrFail({ id: runId })).toMatchObject({ state: 'succeeded', error: null });
  });

  it('name measures that could not be evaluated and publish the others', async () => {
    evaluating.mockImplementation((request) =>
      results(request, [evaluated('breast-screening'), failed('glycemic-status')]),
    );
    await settled(await ask({ runId: 'run-4' }), 'completed', 'failed');
    expect(await records().findOneByOrFail({ id: 'run-4' })).toMatchObject({
      state: 'succeeded',
      counts: { 'glycemic-status': { failed: 'no expansion of urn:x' } },
      error: 'not evaluated, 1 of 2 measures:\nglycemic-status: no expansion of urn:x',
    });
  });

  it('publish nothing when no measure could be evaluated', async () => {
    evaluating.mockImplementation((request) => results(request, [failed('glycemic-status')]));
    await settled(await ask({ runId: 'run-5' }), 'completed', 'failed');
    expect(published()).toBe('run-4');
    expect((await records().findOneByOrFail({ id: 'run-5' })).error).toContain('nothing is published');
  });

  it('are interrupted when the worker is stopped, and go on with the next worker', async () => {
    evaluating.mockImplementationOnce(({ signal }) => sleep(60_000, undefined as never, { signal }));
    const job = await ask({ runId: 'run-6' });
    await settled(job, 'active');
    for (let tries = 0; tries < 50 && evaluating.mock.calls.length === 0; tries++) await sleep(50);
    await worker.close();
    expect(await records().findOneByOrFail({ id: 'run-6' })).toMatchObject({
      state: 'failed',
      error: 'the worker was stopped before the run ended',
    });
    worker = await startWorker();
    const done = await settled((await queue().getJob(job.id!))!, 'completed', 'failed');
    expect([await done.getState(), published()]).toEqual(['completed', 'run-6']);
  });

  /** Somebody's data are taken out, as when a feed stops in the middle; returns a function that puts them back. */
  async function loseAPatient(): Promise<() => Promise<void>> {
    const take = async (statements: string[]): Promise<void> => {
      const warehouse = await openWarehouse(store.settings.dataDir);
      for (const sql of statements) await warehouse.main.run(sql);
      warehouse.close();
    };
    await take([
      `create table main.lost_subject as select * from registry.subject where id = 'ada'`,
      `create table main.lost_resource as select * from registry.resource where pid in (select pid from main.lost_subject)`,
      'delete from registry.resource where rid in (select rid from main.lost_resource)',
      'delete from registry.subject where pid in (select pid from main.lost_subject)',
    ]);
    return () =>
      take([
        'insert into registry.subject select * from main.lost_subject',
        'insert into registry.resource select * from main.lost_resource',
        'drop table main.lost_subject',
        'drop table main.lost_resource',
      ]);
  }

  it('publish nothing when data are missing: the numbers are kept, and published when somebody says so', async () => {
    const putBack = await loseAPatient();
    const job = await settled(await ask({ runId: 'run-7' }), 'completed', 'failed');
    await putBack();
    expect([await job.getState(), published()]).toEqual(['completed', 'run-6']);
    const record = await records().findOneByOrFail({ id: 'run-7' });
    expect(record).toMatchObject({ state: 'suspicious', published: false, heldFile: 'run-7.duckdb' });
    // One of five people is gone, with everything that she had.
    expect(record.suspicions).toEqual(
      expect.arrayContaining([
        { kind: 'fewer-patients', before: 5, now: 4 },
        { kind: 'fewer-resources', type: 'Patient', before: 5, now: 4 },
      ]),
    );
    // The queue brings the job again after a kill: nothing is evaluated twice, and nothing is decided by that.
    await worker.get(EvaluationService).evaluate({ ...job.data, runId: 'run-7' });
    expect(evaluating).toHaveBeenCalledTimes(1);
    expect(published()).toBe('run-6');

    const publishing = () => queue().add(publishRunJob, { runId: 'run-7' } as never);
    await settled(await publishing(), 'completed', 'failed');
    expect(published()).toBe('run-6');
    const decision = { action: 'publish' as const, by: 'quality@example.org', reason: 'Ada moved away' };
    await worker.get(EvaluationRunsService).decide('run-7', decision);
    await settled(await publishing(), 'completed', 'failed');
    expect(published()).toBe('run-7');
    expect(await records().findOneByOrFail({ id: 'run-7' })).toMatchObject({
      state: 'succeeded',
      published: true,
      decision,
    });
    expect(evaluating).toHaveBeenCalledTimes(1);
  });

  it('publish a decided run at the next start, when its job was lost', async () => {
    const putBack = await loseAPatient();
    // The published run is the one with a patient less; one more has to be missing.
    await putBack();
    await settled(await ask({ runId: 'run-8' }), 'completed', 'failed');
    expect(published()).toBe('run-8');
    const again = await loseAPatient();
    await settled(await ask({ runId: 'run-9' }), 'completed', 'failed');
    await again();
    const decision = { action: 'publish' as const, by: 'quality@example.org', reason: 'so it is' };
    await worker.get(EvaluationRunsService).decide('run-9', decision);
    await worker.close();
    worker = await startWorker();
    expect(published()).toBe('run-9');
    expect((await records().findOneByOrFail({ id: 'run-9' })).state).toBe('succeeded');
  });

  it('of some measures keep the others, and publish nothing for another period', async () => {
    await settled(await ask({ runId: 'run-10' }), 'completed', 'failed');
    const some = { measureIds: ['glycemic-status'] };
    evaluating.mockImplementation((request) => results(request, [evaluated('glycemic-status')]));
    await settled(await ask({ runId: 'run-11', ...some }), 'completed', 'failed');
    expect(evaluating.mock.calls.at(-1)?.[0]).toMatchObject({ ...some, keepOthers: true });
    expect(published()).toBe('run-11');
    const { measures } = await records().findOneByOrFail({ id: 'run-11' });
    expect(measures.map(({ measureId, keptFrom }) => [measureId, keptFrom])).toEqual([
      ['breast-screening', 'run-10'],
      ['glycemic-status', undefined],
    ]);

    const year = { periodStart: '2025-01-01', periodEnd: '2025-12-31' };
    await settled(await ask({ runId: 'run-12', ...some, ...year }), 'completed', 'failed');
    expect(published()).toBe('run-11');
    expect(await records().findOneByOrFail({ id: 'run-12' })).toMatchObject({
      state: 'succeeded',
      published: false,
      error:
        'not published: the published numbers are of 2026-01-01 to 2026-12-31 and also of breast-screening; a run of all measures replaces them',
    });

    // The warehouse holds the results of run-12 now: those of the others are computed again.
    await settled(await ask({ runId: 'run-13', ...some }), 'completed', 'failed');
    expect(evaluating.mock.calls.at(-1)?.[0]).toMatchObject({
      measureIds: ['glycemic-status', 'breast-screening'],
      keepOthers: false,
    });
    expect(published()).toBe('run-13');
  });
});
