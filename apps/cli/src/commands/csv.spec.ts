import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

jest.setTimeout(180_000);

const examples = join(projectRoot(), 'docs/examples/csv-extract');

describe('catchment csv', () => {
  let folder: string;
  let extract: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-cli-csv-'));
    extract = mkdtempSync(join(folder, 'extract-'));
    for (const name of readdirSync(examples)) copyFileSync(join(examples, name), join(extract, name));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function csv(...args: string[]): Promise<{ status: unknown; out: string; err: string }> {
    const root = projectRoot();
    const program = ['libs/platform/testing/register-typescript.cjs', 'apps/cli/src/main.ts'];
    const [register, main] = program.map((path) => join(root, path));
    const mapping = ['--mapping', join(extract, 'mapping.yaml')];
    const child = spawn(process.execPath, ['-r', register!, main!, 'csv', ...args, ...mapping, extract], {
      cwd: folder,
      env: { ...process.env, DATA_DIR: join(folder, 'data') },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    const status = await new Promise((resolve) => child.on('close', resolve));
    return { status, out, err };
  }

  it('checks without loading, then loads, and once more changes nothing', async () => {
    const checked = await csv('check', '--sample');
    expect(checked).toMatchObject({ status: 0 });
    expect(checked.out).toMatch(/patients +Patient\n +rows +5\n +resources +4\n +left out \(where\) +1\n/);
    expect(checked.out).not.toMatch(/Núñez|"1001"|1958|Springfield|Blood pressure"/);
    expect(existsSync(join(folder, 'data', 'landing'))).toBe(false);
    const loaded = await csv('load', '--source', 'emr', '--json');
    expect(loaded).toMatchObject({ status: 0 });
    expect(JSON.parse(loaded.out)).toMatchObject({ loaded: { Patient: 4, Observation: 7 }, setAsideRows: 0 });
    const again = await csv('load', '--source', 'emr', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ loaded: {}, unchanged: 30, deleted: 0 });
    expect(readdirSync(join(folder, 'data', 'exports'))).toEqual([]);
  });

  it('refuses an extract with a wrong header, by its columns', async () => {
    writeFileSync(join(extract, 'shots.csv'), 'SHOT_ID,PAT_ID,VACCINE,GIVEN\n');
    expect(await csv('load')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/lacks the columns CVX; it has SHOT_ID, PAT_ID, VACCINE, GIVEN/) as unknown,
    });
    expect(existsSync(join(folder, 'data', 'landing', 'ledger.ndjson'))).toBe(false);
  });
});
