import { fixedClock } from '@catchment/platform';
import { EvaluationRunRecord } from '@catchment/store';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { EvaluationRunsService } from './evaluation-runs.service';

describe('records of evaluation runs', () => {
  let store: TemporaryStore;

  beforeAll(async () => {
    store = await openTemporaryStore();
  });

  afterEach(() => store.dataSource.getRepository(EvaluationRunRecord).clear());

  afterAll(() => store.close());

  function runsAt(instant: string): EvaluationRunsService {
    return new EvaluationRunsService(
      store.dataSource.getRepository(EvaluationRunRecord),
      fixedClock(instant),
    );
  }

  const beginning = (runId: string) => ({
    runId,
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    startedBy: 'quality@example.org',
    reason: 'new data',
    engineVersion: '0.1.0',
  });

  const findings = {
    measures: [
      { measureId: 'glycemic', canonical: 'https://example.org/Measure/glycemic', version: '1.0.0' },
    ],
    dataSnapshot: { dataAsOf: '2026-11-01T00:00:00Z', patients: 3, resources: {}, files: 1, content: 'c' },
    counts: { glycemic: { g1: { 'initial-population': 3 } } },
    error: null,
  };

  it('tell everything of a run that succeeded, and that its numbers are the published ones', async () => {
    const before = runsAt('2026-11-25T10:00:00Z');
    await before.begin(beginning('run-1'));
    await before.noteFindings('run-1', findings);
    await runsAt('2026-11-25T10:00:07.500Z').succeed('run-1', 'hash-1');
    expect(await before.find('run-1')).toMatchObject({
      ...findings,
      state: 'succeeded',
      status: 'draft',
      published: true,
      contentHash: 'hash-1',
      durationMs: 7500,
      periodStart: '2026-01-01',
      startedBy: 'quality@example.org',
    });
  });

  it('call one run published', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    for (const runId of ['run-1', 'run-2']) {
      await runs.begin(beginning(runId));
      await runs.succeed(runId, 'the same');
    }
    expect((await runs.find('run-1'))?.published).toBe(false);
    expect((await runs.find('run-2'))?.published).toBe(true);
  });

  it('keep what is published when a run fails, and say why it failed', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    await runs.begin(beginning('run-1'));
    await runs.succeed('run-1', 'hash-1');
    await runs.begin(beginning('run-2'));
    await runs.fail('run-2', 'no expansion of the value set');
    expect(await runs.find('run-1')).toMatchObject({ published: true });
    expect(await runs.find('run-2')).toMatchObject({
      state: 'failed',
      published: false,
      contentHash: null,
      error: 'no expansion of the value set',
    });
  });

  it('forget a failed attempt when the run is tried again', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    await runs.begin(beginning('run-1'));
    await runs.fail('run-1', 'disk full');
    await runs.begin(beginning('run-1'));
    expect(await runs.find('run-1')).toMatchObject({ state: 'running', error: null, finishedAt: null });
  });

  it('are put right after a crash: interrupted runs have failed, the published one has succeeded', async () => {
    const before = runsAt('2026-11-25T10:00:00Z');
    for (const runId of ['run-1', 'run-2', 'run-3']) await before.begin(beginning(runId));
    await before.fail('run-1', 'disk full');
    await before.noteFindings('run-3', findings);
    const after = runsAt('2026-11-25T10:01:00Z');
    const published = { runId: 'run-3', contentHash: 'hash-3' };
    expect(await after.settleInterrupted(published)).toEqual(['run-2']);
    expect(await after.find('run-1')).toMatchObject({ state: 'failed', error: 'disk full' });
    expect(await after.find('run-2')).toMatchObject({
      state: 'failed',
      error: 'the worker ended before the run did',
    });
    expect(await after.find('run-3')).toMatchObject({
      state: 'succeeded',
      published: true,
      contentHash: 'hash-3',
      counts: findings.counts,
    });
  });

  const held = {
    suspicions: [{ kind: 'fewer-patients' as const, before: 10, now: 3 }],
    contentHash: 'hash-2',
    file: 'run-2.duckdb',
  };

  it('keep the numbers of a suspicious run, and what is published stays', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    await runs.begin(beginning('run-1'));
    await runs.succeed('run-1', 'hash-1');
    await runs.begin(beginning('run-2'));
    await runs.hold('run-2', held);
    expect(await runs.find('run-1')).toMatchObject({ published: true });
    expect(await runs.find('run-2')).toMatchObject({
      state: 'suspicious',
      published: false,
      suspicions: held.suspicions,
      heldFile: 'run-2.duckdb',
    });
    expect(await runs.decidedToPublish()).toEqual([]);
    const decision = { action: 'publish' as const, by: 'quality@example.org', reason: 'two sites left' };
    expect(await runs.decide('run-2', decision)).toBe(true);
    expect(await runs.decidedToPublish()).toEqual(['run-2']);
    // Somebody else was faster, and a run that succeeded waits for nobody.
    expect(await runs.decide('run-2', { ...decision, action: 'dismiss' })).toBe(false);
    expect(await runs.decide('run-1', decision)).toBe(false);
  });

  it('of a dismissed run are never published', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    await runs.begin(beginning('run-2'));
    await runs.hold('run-2', held);
    const decision = { action: 'dismiss' as const, by: 'quality@example.org', reason: 'the feed broke' };
    expect(await runs.decide('run-2', decision)).toBe(true);
    expect(await runs.find('run-2')).toMatchObject({
      state: 'dismissed',
      heldFile: null,
      decision: { ...decision, at: '2026-11-25T10:00:00.000Z' },
    });
  });

  it('let one run wait for a decision: the next one takes its place, held or published', async () => {
    const runs = runsAt('2026-11-25T10:00:00Z');
    for (const runId of ['run-2', 'run-3', 'run-4']) await runs.begin(beginning(runId));
    await runs.hold('run-2', held);
    await runs.hold('run-3', { ...held, file: 'run-3.duckdb' });
    expect(await runs.find('run-2')).toMatchObject({
      state: 'dismissed',
      heldFile: null,
      decision: { action: 'dismiss', by: 'system', reason: 'a later run waits for a decision' },
    });
    await runs.succeed('run-4', 'hash-4');
    expect(await runs.find('run-3')).toMatchObject({
      state: 'dismissed',
      decision: { reason: 'a later run was published' },
    });
  });
});
