import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { main } from '../main';

jest.setTimeout(120_000);

describe('catchment identity and attribution', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catchment-identity-'));
  const environment = { ...process.env };
  let store: TemporaryStore;
  beforeAll(async () => {
    store = await openTemporaryStore();
    Object.assign(process.env, { DATA_DIR: join(folder, 'data'), DATABASE_URL: store.url });
  });
  afterAll(async () => {
    process.env = environment;
    process.exitCode = undefined;
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the program in this process: what is tried is the command, not its start. */
  async function catchment(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    const written = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        written[stream] += String(text);
        return true;
      }),
    );
    try {
      return { status: await main(['node', 'catchment', ...args]), ...written };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  const patient = (id: string) =>
    JSON.stringify({
      resourceType: 'Patient',
      id,
      name: [{ family: 'Okafor', given: ['Anneliese'] }],
      birthDate: '1961-04-17',
      gender: 'female',
    });
  const who = ['--by', 'quality@example.org', '--reason', 'same insurance card'];

  it('compare, list without names, merge, and take back', async () => {
    for (const source of ['clinic', 'hospital']) {
      const file = join(folder, `${source}.ndjson`);
      writeFileSync(file, `${patient(source)}\n`);
      expect((await catchment('load', file, '--source', source)).status).toBe(0);
    }
    const match = await catchment('identity', 'match', '--json');
    expect(JSON.parse(match.stdout)).toMatchObject({ records: 2, persons: 2, match: { same: 0, review: 1 } });
    const review = await catchment('identity', 'review', '--json');
    expect(review.stdout).not.toContain('Okafor');
    const [pair] = JSON.parse(review.stdout) as [{ left: string; right: string; score: number }];
    expect(pair.score).toBe(31.2);

    const merge = await catchment('identity', 'merge', pair.left, pair.right, ...who);
    expect(merge.stdout).toMatch(
      /^decision [0-9a-f-]{36}; 2 records are 1 person; evaluate again to have results\n$/,
    );
    expect(JSON.parse((await catchment('identity', 'review', '--json')).stdout)).toEqual([]);
    const split = await catchment('identity', 'split', pair.left, pair.right, ...who);
    expect(split).toMatchObject({ status: 1 });
    expect(split.stderr).toContain('decided already that these two are one person; undo that first');

    const id = /[0-9a-f-]{36}/.exec(merge.stdout)![0];
    const undo = await catchment('identity', 'undo', id, ...who);
    expect(undo.stdout).toBe('withdrawn; 2 records are 2 people; evaluate again to have results\n');
    expect(JSON.parse((await catchment('identity', 'decisions', '--json')).stdout)).toMatchObject([
      { id, verdict: 'same', withdrawnBy: 'quality@example.org' },
    ]);
    expect((await catchment('identity', 'merge', pair.left, pair.right, '--by', 'x')).status).toBe(2);
  });

  it('choose a rule only when it is right, with who and why', async () => {
    const rule = join(folder, 'rule.json');
    writeFileSync(rule, '{"steps":["visits"],"lookBackMonths":18}');
    const wrong = await catchment('attribution', 'rule', '--set', rule, ...who);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('"lookBackMonths" is one of 12, 24, 36');
    writeFileSync(rule, '{"steps":["visits"],"lookBackMonths":12}');
    expect((await catchment('attribution', 'rule', '--set', rule)).status).toBe(1);
    expect((await catchment('attribution', 'rule', '--set', rule, ...who)).status).toBe(0);
    expect(JSON.parse((await catchment('attribution', 'rule')).stdout)).toMatchObject({
      steps: ['visits'],
      lookBackMonths: 12,
      siteOf: 'patient',
    });
  });
});
