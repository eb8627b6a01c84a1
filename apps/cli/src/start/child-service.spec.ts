import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildService } from './child-service';

/** Says ready and then lives. */
const lives = `process.send('ready'); setInterval(() => undefined, 1000);`;

describe('a process of the service', () => {
  let folder: string;
  let said: string[];
  let givenUp: string[];
  let child: ChildService;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-child-'));
    said = [];
    givenUp = [];
  });

  afterEach(async () => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(script: string, onMessage?: (message: unknown) => void): ChildService {
    const entry = join(folder, 'main.cjs');
    writeFileSync(entry, script);
    child = new ChildService({
      name: 'worker',
      entry,
      env: { ...process.env, FOLDER: folder },
      logFile: join(folder, 'worker.log'),
      say: (line) => said.push(line),
      onMessage,
      onGivenUp: (reason) => givenUp.push(reason),
    });
    child.start();
    return child;
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let tries = 0; !condition() && tries < 200; tries++) await sleep(50);
  }

  it('is ended when it is told to, and not started again', async () => {
    await start(lives).ready;
    const pid = child.pid!;
    await child.stop();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect([said, givenUp]).toEqual([[], []]);
  });

  it('is started again when it is killed, and this is said', async () => {
    await start(lives).ready;
    const pid = child.pid!;
    process.kill(pid, 'SIGKILL');
    await until(() => child.pid !== pid);
    expect(said).toEqual(['worker was ended by SIGKILL', 'starting worker again']);
    expect(() => process.kill(child.pid!, 0)).not.toThrow();
    expect(givenUp).toEqual([]);
  });

  it('is given up with its last words when it never worked', async () => {
    start(`
      process.stderr.write('{"level":"info","msg":"a line of the log"}\\n');
      process.stderr.write('worker: DATABASE_URL must look like postgresql://…\\n');
      process.exit(1);`);
    await until(() => givenUp.length > 0);
    expect(said).toEqual([
      'worker ended with exit code 1:\nworker: DATABASE_URL must look like postgresql://…',
    ]);
    expect(givenUp).toEqual(['worker could not be started']);
  });

  it('is given up when it ends again and again', async () => {
    start(`process.send('ready', () => process.exit(3));`);
    await until(() => givenUp.length > 0);
    expect(givenUp).toEqual(['worker ended 5 times within 120 s']);
    expect(said.filter((line) => line === 'starting worker again')).toHaveLength(4);
  });

  it('hands on what it tells', async () => {
    const told: unknown[] = [];
    start(`process.send('ready'); process.send('news'); setInterval(() => undefined, 1000);`, (message) =>
      told.push(message),
    );
    await until(() => told.length > 0);
    expect(told).toEqual(['news']);
  });
});
