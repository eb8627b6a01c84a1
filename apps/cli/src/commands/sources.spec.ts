import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { Source, StoredSecret } from '@catchment/store';
import { BulkServerFixture } from '../../../../libs/sources/src/run/bulk-server.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';

jest.setTimeout(180_000);

describe('catchment sources', () => {
  let store: TemporaryStore;
  let server: BulkServerFixture;
  let folder: string;

  beforeAll(async () => {
    store = await openTemporaryStore();
    server = await new BulkServerFixture().open();
    folder = mkdtempSync(join(tmpdir(), 'catchment-cli-sources-'));
  });
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function sources(...args: string[]): Promise<{ status: unknown; out: string; err: string }> {
    const root = projectRoot();
    const program = ['libs/platform/testing/register-typescript.cjs', 'apps/cli/src/main.ts'];
    const [register, main] = program.map((path) => join(root, path));
    const child = spawn(process.execPath, ['-r', register!, main!, 'sources', ...args], {
      cwd: folder,
      env: { ...process.env, DATA_DIR: join(folder, 'data'), DATABASE_URL: store.url },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    const status = await new Promise((resolve) => child.on('close', resolve));
    return { status, out, err };
  }

  it('adds a server, tries it, pulls it and lists it', async () => {
    const endpoint = server.configuration.endpoint;
    const schedule = ['--cron', '15 2 * * *', '--time-zone', 'America/Chicago'];
    expect(
      await sources('add', 'ehr', '--endpoint', endpoint, '--types', 'Patient', ...schedule),
    ).toMatchObject({
      status: 0,
      out: 'ehr is added\n',
    });
    expect(await sources('test', 'ehr')).toMatchObject({
      status: 0,
      out: expect.stringContaining('capabilities: Fixture EHR, FHIR 4.0.1') as string,
    });
    const ran = await sources('run', 'ehr', '--json');
    expect({ ...ran, run: JSON.parse(ran.out) as object }).toMatchObject({
      status: 0,
      run: { state: 'succeeded', startedBy: 'command line', counts: { loaded: { Patient: 2 } } },
    });
    expect((await sources('list')).out).toBe(
      `ehr                     ${endpoint} · 15 2 * * * America/Chicago · since 2026-11-27T06:00:00Z\n`,
    );
  });

  it('makes a key and prints its public half only; a group is exported whole unless said otherwise', async () => {
    const options = ['--endpoint', server.configuration.endpoint, '--group', 'g', '--client-id', 'me'];
    const { out } = await sources('add', 'closed', ...options, '--make-key', 'ES384');
    const { keys } = JSON.parse(out) as { keys: object[] };
    expect(keys).toEqual([expect.objectContaining({ kty: 'EC', crv: 'P-384', alg: 'ES384' })]);
    expect(keys[0]).not.toHaveProperty('d');
    const source = await store.dataSource.getRepository(Source).findOneByOrFail({ name: 'closed' });
    expect(source).toMatchObject({ publicKey: keys[0], fullEveryDays: 0 });
    expect(
      await store.dataSource.getRepository(StoredSecret).existsBy({ name: `source-key:${source.id}` }),
    ).toBe(true);
  });

  it('keeps nothing of a source that is wrong', async () => {
    writeFileSync(join(folder, 'key.pem'), 'no key');
    const server443 = ['--endpoint', 'https://ehr.example/fhir', '--client-id', 'me'];
    expect(await sources('add', 'wrong', ...server443, '--private-key', 'key.pem')).toMatchObject({
      status: 1,
      err: expect.stringContaining('neither a JWK nor PEM') as string,
    });
    expect(await sources('add', 'wrong', '--folder', '/etc')).toMatchObject({
      status: 1,
      err: expect.stringContaining('SOURCE_FOLDERS') as string,
    });
    expect(await sources('add', 'wrong')).toMatchObject({ status: 1 });
    expect(await sources('run', 'wrong')).toMatchObject({
      status: 1,
      err: expect.stringContaining('there is no source "wrong"') as string,
    });
    expect(await store.dataSource.getRepository(Source).existsBy({ name: 'wrong' })).toBe(false);
  });
});
