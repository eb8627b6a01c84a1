import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, readSettings } from '@catchment/platform';
import { EvaluationRunRecord, openStore } from '@catchment/store';
import { readPointer } from '@catchment/warehouse';

/** Starter measures are translated: half a minute on two idle cores. */
const slow = 300_000;

describe('catchment evaluate', () => {
  let folder: string;
  let dataDir: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-evaluate-'));
    dataDir = join(folder, 'data');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function catchment(env: NodeJS.ProcessEnv, ...args: string[]) {
    const root = projectRoot();
    const program = [
      join(root, 'libs/platform/testing/register-typescript.cjs'),
      join(root, 'apps/cli/src/main.ts'),
    ];
    return spawnSync(process.execPath, ['-r', ...program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, ...env },
    });
  }

  async function records(): Promise<EvaluationRunRecord[]> {
    const store = await openStore(readSettings({ DATA_DIR: dataDir }));
    try {
      return await store.dataSource.getRepository(EvaluationRunRecord).find({ order: { startedAt: 'ASC' } });
    } finally {
      await store.close();
    }
  }

  it(
    '--publish stands in the list of runs, and holds suspicious numbers back as the service does',
    async () => {
      const patient = { resourceType: 'Patient', id: 'a', meta: { lastUpdated: '2026-11-01T00:00:00Z' } };
      writeFileSync(join(folder, 'a.ndjson'), `${JSON.stringify(patient)}\n`);
      expect(catchment({}, 'load', 'a.ndjson').status).toBe(0);
      const asked = ['evaluate', '--period', '2026-01-01/2026-12-31', '--measure', 'CAT-BP'];
      const first = catchment({}, ...asked, '--publish', '--reason', 'first numbers');
      expect([first.stderr, first.status]).toEqual(['', 0]);
      const [run] = await records();
      expect(run).toMatchObject({
        startedBy: 'command line',
        reason: 'first numbers',
        state: 'succeeded',
        published: true,
        dataSnapshot: { dataAsOf: '2026-11-01T00:00:00Z', patients: 1, resources: { Patient: 1 } },
      });
      expect(readPointer(dataDir)?.runId).toBe(run!.id);

      // The data are older than a thousandth of a day, whenever this runs.
      const limit = { PUBLISH_DATA_AGE_DAYS: '0.001' };
      const held = catchment(limit, ...asked, '--publish');
      expect(held.status).toBe(1);
      expect(held.stderr).toContain('the data are known up to 2026-11-01T00:00:00Z');
      expect(readPointer(dataDir)?.runId).toBe(run!.id);
      const forced = catchment(limit, ...asked, '--publish', '--even-if-suspicious', '--reason', 'as agreed');
      expect([forced.stderr, forced.status]).toEqual(['', 0]);
      expect(
        (await records()).map(({ state, published, decision }) => [state, published, decision?.reason]),
      ).toEqual([
        ['succeeded', false, undefined],
        ['dismissed', false, 'a later run waits for a decision'],
        ['succeeded', true, 'as agreed'],
      ]);
    },
    slow,
  );

  it('takes a reason only for what is published', () => {
    const { status, stderr } = catchment(
      {},
      'evaluate',
      '--period',
      '2026-01-01/2026-12-31',
      '--reason',
      'x',
    );
    expect([status, stderr]).toEqual([
      1,
      'catchment: --reason and --even-if-suspicious belong to --publish\n',
    ]);
  });
});
