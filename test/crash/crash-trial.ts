import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { importPackages } from '@catchment/measures';
import { projectRoot } from '@catchment/platform';
import {
  checkWarehouse,
  MartsReader,
  openWarehouse,
  readPointer,
  readWarehouseContent,
  type WarehouseContent,
} from '@catchment/warehouse';
import { writeCrashData } from './crash-data';

/** What the work of `crash-work.ts` leaves: equal, however often it was killed on the way. */
export interface WorkResult {
  content: WarehouseContent;
  /** Run id and content hash of what is published. */
  published: object;
  /** Files of warehouse and landing zone; a crash leaves nothing behind. */
  files: string[];
}

/** A moment in the work: so many milliseconds after a step was begun. */
export interface Moment {
  step: number;
  after: number;
}

export interface Killed extends Moment {
  /** Content hash of what was published then. */
  published: string;
}

/** Work that is killed at chosen moments, in a folder of its own. */
export class CrashTrial {
  private readonly folder = mkdtempSync(join(tmpdir(), 'catchment-crash-'));
  private trials = 0;

  /** Prepares data and a measure once; every trial works on a copy. */
  async prepare(): Promise<this> {
    const loads = writeCrashData(join(this.folder, 'data'));
    writeFileSync(join(this.folder, 'loads.json'), JSON.stringify(loads));
    const content = join(this.folder, 'content');
    cpSync(join(__dirname, 'content'), content, { recursive: true });
    const database = await openWarehouse(this.base);
    const connect = (): Promise<typeof database.main> => Promise.resolve(database.main);
    const { failed } = await importPackages({ dataDir: this.base, paths: [content], connect });
    database.close();
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
    return this;
  }

  /** Works without being killed; how many milliseconds each step took. */
  async undisturbed(): Promise<{ result: WorkResult; milliseconds: number[] }> {
    const dataDir = this.begin();
    const begun: number[] = [];
    const child = this.spawn(dataDir, () => begun.push(performance.now()));
    await ended(child);
    const ends = [...begun.slice(1), performance.now()];
    const milliseconds = begun.map((start, index) => ends[index]! - start);
    return { result: await this.finish(dataDir), milliseconds };
  }

  /**
   * Works, killed at each of the moments, begun again each time, and left alone in the end.
   * @param moments in the order of their steps; one that is later than its step ends may come in a later step
   */
  async killed(moments: readonly Moment[]): Promise<{ result: WorkResult; kills: Killed[] }> {
    const dataDir = this.begin();
    const kills: Killed[] = [];
    for (const moment of moments) {
      let timer: NodeJS.Timeout | undefined;
      const child = this.spawn(dataDir, (step) => {
        if (step >= moment.step) timer ??= setTimeout(() => child.kill('SIGKILL'), moment.after);
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      clearTimeout(timer);
      if (signal === null && code !== 0) throw new Error(`the work failed after ${kills.length} kills`);
      if (signal === 'SIGKILL') kills.push({ ...moment, published: await readPublished(dataDir) });
    }
    await ended(this.spawn(dataDir));
    return { result: await this.finish(dataDir), kills };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get base(): string {
    return join(this.folder, 'base');
  }

  private begin(): string {
    const dataDir = join(this.folder, `trial-${this.trials++}`);
    cpSync(this.base, dataDir, { recursive: true });
    return dataDir;
  }

  /** @param onStep called with the number of every step that the work begins */
  private spawn(dataDir: string, onStep: (step: number) => void = () => undefined): ChildProcess {
    const root = projectRoot();
    const child = spawn(
      process.execPath,
      [
        ...['-r', join(root, 'libs/platform/testing/register-typescript.cjs')],
        ...[join(__dirname, 'crash-work.ts'), dataDir, join(this.folder, 'loads.json')],
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout }).on('line', (line) => onStep(Number(line)));
    return child;
  }

  private async finish(dataDir: string): Promise<WorkResult> {
    const database = await openWarehouse(dataDir);
    await checkWarehouse(database.main);
    const content = await readWarehouseContent(database.main);
    database.close();
    const files = ['landing', 'warehouse'].flatMap((name) =>
      readdirSync(join(dataDir, name)).map((file) => `${name}/${file}`),
    );
    const published = { run: readPointer(dataDir)?.runId, hash: await readPublished(dataDir) };
    rmSync(dataDir, { recursive: true, force: true });
    return { content, published, files: files.sort() };
  }
}

/** Reads what is published as a dashboard would: its content hash, or that there is nothing yet. */
async function readPublished(dataDir: string): Promise<string> {
  if (readPointer(dataDir) === undefined) return 'nothing';
  const marts = new MartsReader(dataDir, 1);
  try {
    return await marts.read(async (connection) => {
      const row = await connection.first<{ content_hash: string }>(
        `select content_hash from publication
         where patients = (select count(*) from patient) and exists (select 1 from scorecard)`,
      );
      if (!row) throw new Error('what is published is not whole');
      return row.content_hash;
    });
  } finally {
    marts.close();
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the work ended with ${String(code)}`);
}
