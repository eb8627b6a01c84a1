import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BulkClient, type ExportResult } from './bulk-client';
import { generateClientKey } from './client-keys';
import { InstantPacing } from './pacing.fixture';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const patients = '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n';

/** Faults that no recorded conversation has: a server that answers as each test says. */
describe('an export from a server with faults', () => {
  let server: Server;
  let base: string;
  let folder: string;
  let pacing: InstantPacing;
  let asked: string[];
  let answers: Record<string, Answer>;

  const json =
    (body: object): Answer =>
    (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const manifest = (files: object[]): object => ({
    transactionTime: '2026-11-25T06:00:00Z',
    requiresAccessToken: false,
    output: files,
    error: [],
  });
  const file = (name: string, more: object = {}): object => ({
    type: 'Patient',
    url: `${base}/${name}`,
    ...more,
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-faults-'));
    pacing = new InstantPacing();
    asked = [];
    server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0]!;
      asked.push(`${request.method} ${path}`);
      if (request.method === 'DELETE') response.writeHead(202).end();
      else (answers[path] ?? ((_, missing) => missing.writeHead(404).end()))(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answers = {
      '/$export': (_, response) => response.writeHead(202, { 'content-location': `${base}/status` }).end(),
      '/status': json(manifest([file('patients')])),
      '/patients': (_, response) => response.end(patients),
    };
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (patienceMs?: number): Promise<ExportResult> =>
    new BulkClient({ base }, { pacing, patienceMs }).export(folder, {
      target: { level: 'system' },
      types: [],
      method: 'GET',
    });

  const text = (result: ExportResult): string =>
    result.files.map(({ name }) => readFileSync(join(folder, name), 'utf8')).join('');

  it('unpacks what is sent packed without a word', async () => {
    answers['/patients'] = (_, response) => response.end(gzipSync(patients));
    expect(text(await run())).toBe(patients);
  });

  it('asks again for a file that broke off, and gives none of it away as the whole', async () => {
    let tries = 0;
    answers['/patients'] = (_, response) => {
      if (++tries > 2) return response.end(patients);
      response.writeHead(200, { 'content-length': patients.length });
      response.write(patients.slice(0, 50), () => response.destroy());
    };
    expect(text(await run())).toBe(patients);
    tries = -100;
    rmSync(folder, { recursive: true });
    await expect(run()).rejects.toThrow(/file 1 of 1 \(Patient\) was cut off after \d+ bytes/);
    expect(readdirSync(folder)).toEqual(['export.json']);
  });

  it('goes on with the files that are missing after it was stopped', async () => {
    answers['/status'] = json(manifest([file('patients'), file('more')]));
    answers['/more'] = (_, response) => response.writeHead(503).end();
    await expect(run()).rejects.toThrow(/file 2 of 2/);
    answers['/more'] = (_, response) => response.end(patients);
    expect(text(await run())).toBe(patients + patients);
    expect(asked.filter((request) => request === 'GET /patients')).toHaveLength(1);
    expect(asked.filter((request) => request === 'GET /$export')).toHaveLength(1);
  });

  it('begins anew when the server has forgotten the job', async () => {
    answers['/status'] = (_, response) => response.writeHead(503).end();
    await expect(run()).rejects.toThrow(/status/);
    answers['/status'] = (_, response) =>
      asked.filter((request) => request === 'GET /$export').length === 1
        ? response.writeHead(404).end()
        : json(manifest([file('patients')]))(_, response);
    expect(text(await run())).toBe(patients);
    expect(asked.filter((request) => request === 'GET /$export')).toHaveLength(2);
  });

  it('refuses another number of resources than announced', async () => {
    answers['/status'] = json(manifest([file('patients', { count: 3 })]));
    await expect(run()).rejects.toThrow('file 1 of 1 (Patient) has 2 lines; the manifest says 3');
    expect(asked.filter((request) => request === 'GET /patients')).toHaveLength(3);
  });

  it('refuses a page of HTML for a file and for the manifest', async () => {
    const page: Answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
    answers['/patients'] = page;
    await expect(run()).rejects.toThrow(/HTML or XML in place of NDJSON/);
    answers['/status'] = page;
    await expect(run()).rejects.toThrow(/the status request.*HTML/);
  });

  it('follows no redirect to another host', async () => {
    answers['/patients'] = (_, response) =>
      response.writeHead(302, { location: 'https://elsewhere.example/patients' }).end();
    await expect(run()).rejects.toThrow(/another host.*elsewhere\.example|elsewhere\.example.*host/);
  });

  it('reads all pages of a manifest', async () => {
    const next = [{ relation: 'next', url: `${base}/status/2` }];
    answers['/status'] = json({ ...manifest([file('patients')]), link: next });
    answers['/status/2'] = json(manifest([file('patients')]));
    expect((await run()).files).toHaveLength(2);
  });

  it('waits as long as the server asks, and not for ever', async () => {
    answers['/status'] = (_, response) => response.writeHead(202, { 'retry-after': '120' }).end();
    // At once, and every two minutes of the hour.
    await expect(run(3600_000)).rejects.toThrow(/not complete after 31 looks/);
    expect(new Set(pacing.pauses)).toEqual(new Set([120_000]));
    expect(asked.at(-1)).toBe('DELETE /status');
  });

  it('takes files that were complete within a day, and begins anew when they are older', async () => {
    await run();
    await pacing.sleep(23 * 3600_000);
    await run();
    expect(asked.filter((request) => request === 'GET /$export')).toHaveLength(1);
    await pacing.sleep(2 * 3600_000);
    await run();
    expect(asked.filter((request) => request === 'GET /$export')).toHaveLength(2);
    // The job of the old files is given back.
    expect(asked.filter((request) => request === 'DELETE /status')).toHaveLength(1);
  });

  it('does not give the token of one server to another that the folder was for before', async () => {
    answers['/status'] = (_, response) => response.writeHead(503).end();
    await expect(run()).rejects.toThrow(/status/);
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.url);
      const token = { access_token: 'secret', token_type: 'bearer', expires_in: 300 };
      if (request.url === '/token') response.end(JSON.stringify(token));
      else response.writeHead(400).end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const identity = {
      clientId: 'c',
      scope: 'system/*.rs',
      tokenUrl: `${elsewhere}/token`,
      key: await generateClientKey('ES384'),
    };
    const client = new BulkClient({ base: elsewhere, identity }, { pacing });
    await expect(
      client.export(folder, { target: { level: 'system' }, types: [], method: 'GET' }),
    ).rejects.toThrow(/the kick-off was refused/);
    expect(seen).toContain('/token');
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual([]);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  describe('that begins a job and stops before its address is noted', () => {
    beforeEach(async () => {
      answers['/$export'] = (_, response) => response.destroy();
      await expect(run()).rejects.toThrow(/the kick-off got no answer/);
    });

    it('says with the next export that a job may be left', async () => {
      answers['/$export'] = (_, response) =>
        response.writeHead(202, { 'content-location': `${base}/status` }).end();
      expect((await run()).warnings).toEqual([
        expect.stringMatching(/^a job that was begun at 2026-11-25T06:00:00.000Z may still be at the server/),
      ]);
    });

    it('says so where the server refuses a second one', async () => {
      answers['/$export'] = (_, response) => response.writeHead(409).end();
      await expect(run()).rejects.toThrow(
        /refused with status 409; a job that was begun at .* ended at the server/,
      );
    });
  });
});
