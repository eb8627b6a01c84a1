import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

describe('catchment load', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-load-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function load(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const root = projectRoot();
    return spawnSync(
      process.execPath,
      [
        '-r',
        join(root, 'libs/platform/testing/register-typescript.cjs'),
        join(root, 'apps/cli/src/main.ts'),
        'load',
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

  it('names what it cannot read, on standard error, with exit code 1', () => {
    const { status, stdout, stderr } = load('--json', join(folder, 'nowhere'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^catchment: the path does not exist \(file .*nowhere\)\n$/);
  });

  it('asks for a path', () => {
    expect(load().status).toBe(2);
  });
});
