import type { Connection } from '@catchment/warehouse';

/** Below this much text, handing work to a second thread costs more than it brings. */
const worthThreads = 64_000_000;

/**
 * The threads of the database during a load. Most statements of a load are short, or keep the order of lines and so
 * run in one thread anyway; idle threads cost them a quarter more CPU. Only large batches get all threads.
 */
export class ThreadCount {
  private constructor(
    private readonly connection: Connection,
    private readonly all: number,
  ) {}

  /** Takes the threads away, until `restore`. */
  static async reduce(connection: Connection): Promise<ThreadCount> {
    const setting = await connection.first<{ threads: number }>(
      `select current_setting('threads')::integer as threads`,
    );
    const count = new ThreadCount(connection, setting!.threads);
    await count.use(1);
    return count;
  }

  /** Runs the work with as many threads as this much text is worth. */
  async during<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (bytes < worthThreads) return work();
    await this.use(this.all);
    try {
      return await work();
    } finally {
      await this.use(1);
    }
  }

  async restore(): Promise<void> {
    await this.use(this.all);
  }

  private async use(threads: number): Promise<void> {
    if (this.all > 1) await this.connection.run(`set threads = ${threads}`);
  }
}
