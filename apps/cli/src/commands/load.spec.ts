import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

describe('catchment load and rebuild', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-load-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (...args: string[]): Ran => catchment('load', ...args);

  function catchment(...args: string[]): Ran {
    const root = projectRoot();
    return spawnSync(
      process.execPath,
      [
        '-r',
        join(root, 'libs/platform/testing/register-typescript.cjs'),
        join(root, 'apps/cli/src/main.ts'),
        ...args,
      ],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, DATA_DIR: join(folder, 'data') } },
    );
  }

  it('prints counts for scripts and a table for people, and succeeds when lines were quarantined', () => {
    const file = join(folder, 'x.ndjson');
    writeFileSync(file, '{"resourceType":"Patient","id":"a"}\nbad\n{"resourceType":"Patient","id":"b"}\n');

    const first = load('--json', 'x.ndjson');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const counts = '{"loaded":{"Patient":2},"unchanged":0,"quarantined":1';
    expect(first.stdout.slice(0, counts.length)).toBe(counts);
    expect(JSON.parse(first.stdout)).toMatchObject({
      reasons: { 'malformed-json': 1 },
      files: 1,
      ignored: [],
    });

    const again = load(file);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(
      /^loaded +0\nunchanged +2\nquarantined +1\n {2}malformed-json +1\n {4}.*x\.ndjson:2\n$/,
    );
  });

  it('take deletions and panels, and say the same of the content before and after a rebuild', () => {
    writeFileSync(
      join(folder, 'p.ndjson'),
      ['a', 'b', 'c'].map((id) => `{"resourceType":"Patient","id":"${id}"}\n`).join(''),
    );
    writeFileSync(
      join(folder, 'd.ndjson'),
      '{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Patient/a"}}]}',
    );
    writeFileSync(join(folder, 'g.ndjson'), '{"resourceType":"Patient","id":"c"}\n');
    expect(load('p.ndjson').status).toBe(0);
    const changes = load('--json', '--panel', 'g', '--deletions', 'd.ndjson', '--', 'g.ndjson');
    const { content, ...counts } = JSON.parse(changes.stdout) as { content: object };
    expect(counts).toMatchObject({ loaded: {}, unchanged: 1, deleted: 1, leavers: 1 });

    const rebuilt = catchment('rebuild', '--json');
    expect(rebuilt).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(rebuilt.stdout)).toEqual({ loads: 2, content, before: content });
  }, 120_000);

  it('names what it cannot read, on standard error, with exit code 1', () => {
    const { status, stdout, stderr } = load('--json', join(folder, 'nowhere'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^catchment: the path does not exist \(file .*nowhere\)\n$/);
  });

  it('asks for a path', () => {
    expect(load().status).toBe(2);
  });
});
