import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@catchment/platform';

const cli = `require(require('node:path').resolve('apps/cli/src/main.ts')).main(process.argv).then((code) => {
  process.exitCode = code;
});`;

/** `catchment start` as a process of its own, run from the sources. */
class RunningService {
  output = '';
  readonly ended: Promise<number | null>;
  private readonly process: ChildProcess;

  constructor(
    dataDir: string,
    readonly port: number,
  ) {
    const register = join(projectRoot(), 'libs/platform/testing/register-typescript.cjs');
    const embedded = { DATABASE_URL: '', REDIS_URL: '' };
    this.process = spawn(process.execPath, ['-r', register, '-e', cli, '--', 'catchment', 'start'], {
      cwd: projectRoot(),
      env: { ...process.env, ...embedded, DATA_DIR: dataDir, PORT: String(port), DEMO: 'off' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.process.stderr?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  async says(text: string): Promise<void> {
    for (let tries = 0; !this.output.includes(text) && tries < 1_200; tries++) await sleep(100);
    expect(this.output).toContain(text);
  }

  async status(path: string): Promise<number> {
    return (await fetch(`http://127.0.0.1:${this.port}${path}`)).status;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function postgresPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('catchment start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'catchment-start-'));
  let service: RunningService;

  afterAll(async () => {
    service.kill('SIGTERM');
    await service.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('brings up PostgreSQL, API and worker, and is live but not ready without numbers', async () => {
    service = new RunningService(dataDir, await freePort());
    await service.says('Catchment is ready');
    expect(await service.status('/health/live')).toBe(200);
    expect(await service.status('/health/ready')).toBe(503);
    expect(service.output).not.toContain('sign in with');
  }, 180_000);

  it('refuses a port that is in use, and says what to do', async () => {
    const second = new RunningService(dataDir, service.port);
    expect(await second.ended).toBe(1);
    expect(second.output).toContain(`port ${service.port} is in use by another program`);
  }, 60_000);

  it('ends everything when it is killed, and starts again on the same data', async () => {
    const database = postgresPid(dataDir);
    service.kill('SIGKILL');
    await service.ended;
    for (let tries = 0; isAlive(database) && tries < 150; tries++) await sleep(100);
    expect(isAlive(database)).toBe(false);
    service = new RunningService(dataDir, service.port);
    await service.says('Catchment is ready');
    expect(await service.status('/health/live')).toBe(200);
  }, 180_000);

  it('ends everything cleanly on Ctrl-C', async () => {
    const database = postgresPid(dataDir);
    service.kill('SIGINT');
    expect(await service.ended).toBe(0);
    expect(service.output).toContain('stopped');
    expect(isAlive(database)).toBe(false);
    await expect(service.status('/health/live')).rejects.toThrow('fetch failed');
  }, 60_000);
});
