import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

describe('catchment pull', () => {
  const asked: string[] = [];
  let server: Server;
  let base: string;
  let folder: string;

  const patients = '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n';
  const entry = { request: { method: 'DELETE', url: 'Patient/b' } };
  const deleted = `${JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [entry] })}\n`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-pull-'));
    server = createServer(({ method, url = '' }, response) => {
      asked.push(`${method} ${url}`);
      const group = /^\/fhir\/Group\/(\w+)\/\$export/.exec(url)?.[1];
      if (group !== undefined)
        response
          .writeHead(202, { 'content-location': `${base}/status${group === 'g' ? '' : `/${group}`}` })
          .end();
      else if (method === 'DELETE') response.writeHead(202).end();
      else if (url === '/status') {
        const output = [{ type: 'Patient', url: `${base}/patients` }];
        const manifest = {
          transactionTime: '2026-11-25T06:00:00Z',
          requiresAccessToken: false,
          request: base,
        };
        const removed = [{ type: 'Bundle', url: `${base}/deleted` }];
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ...manifest, output, deleted: removed, error: [] }));
      } else if (url.startsWith('/status/')) {
        const output = url === '/status/part' ? [{ type: 'Patient', url: `${base}/patients` }] : [];
        const error = url === '/status/part' ? [{ type: 'OperationOutcome', url: `${base}/failure` }] : [];
        const deleted = url === '/status/gone' ? [{ type: 'Bundle', url: `${base}/deleted` }] : [];
        response.writeHead(200, { 'content-type': 'application/json' });
        const transactionTime = '2026-11-25T07:00:00Z';
        response.end(JSON.stringify({ transactionTime, requiresAccessToken: false, output, deleted, error }));
      } else if (url === '/failure') {
        const issue = [
          { severity: 'error', code: 'exception', diagnostics: 'Condition could not be exported' },
        ];
        response.writeHead(200, { 'content-type': 'application/fhir+ndjson' });
        response.end(`${JSON.stringify({ resourceType: 'OperationOutcome', issue })}\n`);
      } else {
        response.writeHead(200, { 'content-type': 'application/fhir+ndjson' });
        response.end(url === '/patients' ? patients : deleted);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  async function pull(...options: string[]): Promise<{ status: unknown; out: string; err: string }> {
    const root = projectRoot();
    const program = ['libs/platform/testing/register-typescript.cjs', 'apps/cli/src/main.ts'];
    const [register, main] = program.map((path) => join(root, path));
    const args = ['pull', '--endpoint', `${base}/fhir`, '--json', ...options];
    const child = spawn(process.execPath, ['-r', register!, main!, ...args], {
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

  it('loads the files of an export and gives the job back', async () => {
    const { status, out, err } = await pull('--group', 'g', '--types', 'Patient');
    expect({ status, err }).toMatchObject({
      status: 0,
      err: expect.stringContaining('2 of 2 files') as string,
    });
    expect(JSON.parse(out)).toMatchObject({
      loaded: { Patient: 2 },
      files: 1,
      deleted: 0,
      transactionTime: '2026-11-25T06:00:00Z',
      nextSince: '2026-11-25T06:00:00Z',
    });
    expect(asked[0]).toBe('GET /fhir/Group/g/$export?_type=Patient');
    expect(asked.at(-1)).toBe('DELETE /status');
    // No second copy of patient data stays beside the landing zone.
    expect(readdirSync(join(folder, 'data', 'exports'))).toEqual([]);
  });

  it('takes away what the server has deleted since', async () => {
    const { status, out } = await pull('--group', 'gone', '--since', '2026-11-25T06:00:00Z');
    expect({ status, report: JSON.parse(out) as object }).toMatchObject({
      status: 0,
      report: { loaded: {}, deleted: 1, files: 0, nextSince: '2026-11-25T07:00:00Z' },
    });
  });

  it('offers no time for the next pull where a type failed: its older data would be missing for good', async () => {
    const { status, out } = await pull('--group', 'part');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      transactionTime: '2026-11-25T07:00:00Z',
      nextSince: null,
      failures: [{ text: 'Condition could not be exported' }],
    });
  });

  it('does not take an empty whole export for a success', async () => {
    const { status, out } = await pull('--group', 'none');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      nextSince: null,
      files: 0,
      warnings: ['a whole export without any resource'],
    });
  });
});
