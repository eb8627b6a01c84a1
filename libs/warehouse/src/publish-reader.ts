import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Database, type Connection } from './database';
import { martsFolder, readPointer, type MartsPointer } from './marts-folder';

/** How long the pointer file is believed before it is read again. */
const pointerLifetimeMs = 250;

/** One opened publication: read-only connections that are lent one at a time. */
class Snapshot {
  private readonly idle: Connection[];
  private readonly waiting: ((connection: Connection) => void)[] = [];
  private lent = 0;
  private retired = false;

  private constructor(
    readonly pointer: MartsPointer,
    private readonly database: Database,
    connections: Connection[],
  ) {
    this.idle = connections;
  }

  static async open(dataDir: string, pointer: MartsPointer, connections: number): Promise<Snapshot> {
    const database = await Database.open(join(martsFolder(dataDir), pointer.file), {
      readOnly: true,
      threads: 2,
    });
    const lendable: Connection[] = [];
    for (let count = 0; count < connections; count++) lendable.push(await database.connect());
    await database.main.run('set enable_external_access = false');
    await database.main.run('set lock_configuration = true');
    return new Snapshot(pointer, database, lendable);
  }

  async lend<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    this.lent++;
    const connection =
      this.idle.pop() ?? (await new Promise<Connection>((resolve) => this.waiting.push(resolve)));
    try {
      return await work(connection);
    } finally {
      this.lent--;
      const next = this.waiting.shift();
      if (next) next(connection);
      else this.idle.push(connection);
      this.closeWhenIdle();
    }
  }

  /** No new reader; closes when the last one is done. */
  retire(): void {
    this.retired = true;
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    if (!this.retired || this.lent > 0) return;
    for (const connection of this.idle.splice(0)) connection.close();
    this.database.close();
  }
}

/**
 * Reads the current publication: a few read-only connections, re-opened when the pointer moves. A reader keeps the
 * snapshot that it started with; the old one closes when nobody uses it.
 */
export class MartsReader {
  private snapshot: Snapshot | undefined;
  private opening: Promise<Snapshot> | undefined;
  private checkedAt = 0;

  constructor(
    private readonly dataDir: string,
    /** Below UV_THREADPOOL_SIZE (default 4): further readers queue in JavaScript. */
    private readonly connections = 4,
  ) {}

  /** Is anything published? */
  isPublished(): boolean {
    return readPointer(this.dataDir) !== undefined;
  }

  /**
   * Runs the work on one connection to the current publication.
   * @throws Diagnostic while nothing is published
   */
  async read<T>(work: (connection: Connection, pointer: MartsPointer) => Promise<T>): Promise<T> {
    const snapshot = await this.current();
    return snapshot.lend((connection) => work(connection, snapshot.pointer));
  }

  /** File of the publication that a read would use now: the key of anything remembered from it. */
  async key(): Promise<string> {
    return (await this.current()).pointer.file;
  }

  close(): void {
    this.snapshot?.retire();
    this.snapshot = undefined;
  }

  private async current(): Promise<Snapshot> {
    const now = Date.now();
    if (this.snapshot && now - this.checkedAt < pointerLifetimeMs) return this.snapshot;
    this.opening ??= this.reopen().finally(() => {
      this.opening = undefined;
      this.checkedAt = Date.now();
    });
    return this.opening;
  }

  private async reopen(): Promise<Snapshot> {
    const pointer = readPointer(this.dataDir);
    if (!pointer) throw new Diagnostic('no numbers are published yet');
    if (this.snapshot?.pointer.file === pointer.file) return this.snapshot;
    const fresh = await Snapshot.open(this.dataDir, pointer, this.connections);
    this.snapshot?.retire();
    this.snapshot = fresh;
    return fresh;
  }
}
