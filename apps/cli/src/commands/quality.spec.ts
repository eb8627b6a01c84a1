import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { publishQuality } from '../../../api/testing/publish-quality';
import { main } from '../main';

jest.setTimeout(120_000);

describe('catchment quality', () => {
  const environment = { ...process.env };
  let store: TemporaryStore;
  beforeAll(async () => {
    store = await openTemporaryStore();
    process.env.DATA_DIR = store.settings.dataDir;
    await publishQuality(store.settings.dataDir, store, 'run-1');
  });
  afterAll(async () => {
    process.env = environment;
    process.exitCode = undefined;
    await store.close();
  });

  /** Runs the program in this process: what is tried is the command, not its start. */
  async function quality(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    const written = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        written[stream] += String(text);
        return true;
      }),
    );
    try {
      return { status: await main(['node', 'catchment', 'quality', ...args]), ...written };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  it('prints grades of sources and measures, and what is wrong', async () => {
    const { status, stdout, stderr } = await quality();
    expect([status, stderr]).toEqual([0, '']);
    // of six resources one has no date; of the two pressures that the measure reads, one
    expect(stdout).toMatch(/^D +83\.3 % +2 +6 +clinic$/m);
    expect(stdout).toMatch(/^F +75\.0 % +BP +50 % of what is read of Observation is usable$/m);
    expect(stdout).toMatch(/^error: clinic: 25 % of Observation have no date: 1 of 4 \(o2\)$/m);
  });

  it('--measure prints what a measure reads, and what is wrong with it', async () => {
    const { stdout } = await quality('--measure', 'BP');
    expect(stdout).toMatch(/^F {2}Pressure: 50 % of what is read of Observation is usable$/m);
    expect(stdout).toMatch(/^ *2 +50\.0 % +3 +Observation +Pressures$/m);
    expect(stdout).toMatch(/^ *2 +100\.0 % +3 +Patient +Patient$/m);
    expect(stdout).toMatch(/^error: 50 % of "Pressures" have no date: 1 of 2$/m);
  });

  it('--codes prints codes that no value set knows, by patients', async () => {
    const { stdout } = await quality('--codes');
    expect(stdout).toMatch(
      /^ *2 +Observation +urn:clinic +SYS +Systolic blood pressure +same-display +8480-6 of http:\/\/loinc\.org$/m,
    );
  });

  it('--json prints the same for scripts', async () => {
    const parsed = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await quality(...args, '--json')).stdout);
    expect(await parsed()).toMatchObject({
      sources: [{ source: 'clinic', grade: 'D', score: 5 / 6 }],
      measures: [{ measureId: 'BP', grade: 'F', score: 0.75 }],
      findings: [{ check: 'no-date', affected: 1, total: 4, examples: ['o2'] }],
    });
    expect(await parsed('--measure', 'BP')).toMatchObject({
      inputs: [
        { type: 'Observation', resources: 2, usable: 1 },
        { type: 'Patient', resources: 2, usable: 2 },
      ],
    });
    expect(await parsed('--codes')).toMatchObject([{ code: 'SYS', patients: 2, target: { code: '8480-6' } }]);
  });

  it.each([
    [['--measure', 'NONE'], 'no published measure "NONE" has a grade'],
    [['--measure', 'BP', '--codes'], '--measure and --codes are two questions: ask one'],
  ])('refuses %j', async (args, why) => {
    const { status, stdout, stderr } = await quality(...args);
    expect([status, stdout, stderr]).toEqual([1, '', `catchment: ${why}\n`]);
  });

  it('says so while no numbers are published yet', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'catchment-quality-'));
    process.env.DATA_DIR = empty;
    try {
      const { status, stderr } = await quality();
      expect(status).toBe(1);
      expect(stderr).toContain('no numbers are published yet');
    } finally {
      process.env.DATA_DIR = store.settings.dataDir;
      rmSync(empty, { recursive: true, force: true });
    }
  });
});
