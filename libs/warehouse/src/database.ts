import { DuckDBInstance, type DuckDBConnection, type DuckDBValue, type Json } from '@duckdb/node-api';
import { PatientFailures } from './patient-failures';

export interface DatabaseOptions {
  readOnly?: boolean;
  threads?: number;
  /** DuckDB size text, for example `4GB`. */
  memoryLimit?: string;
  tempDirectory?: string;
}

export type Parameter = string | number | bigint | boolean | null;

/**
 * A result row: BIGINT, HUGEINT and DECIMAL columns are numbers, UBIGINT keys stay texts (they exceed 2^53),
 * dates and timestamps are texts, structs objects; values nested in structs and lists stay as DuckDB's JSON has them.
 */
export type Row = Record<string, unknown>;

/** One DuckDB connection: temp tables and transactions belong to it. Statements on it run one after another. */
export class Connection {
  /** The limit of `withMemory`, while it holds. */
  private bytes: number | undefined;

  constructor(
    readonly driver: DuckDBConnection,
    /** Patients for whom statements of this database failed. */
    readonly failures: PatientFailures,
    /** The limit that the database was opened with, as a text that can be set again. */
    private readonly memoryLimit: string,
  ) {}

  /** Runs one or more statements; parameters (`$1`, `$2`, …) only with a single statement. */
  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    await this.driver.run(sql, parameters.length > 0 ? ([...parameters] as DuckDBValue[]) : undefined);
  }

  /** Runs a query and returns all its rows. */
  async rows<T = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    const reader = await this.driver.runAndReadAll(
      sql,
      parameters.length > 0 ? ([...parameters] as DuckDBValue[]) : undefined,
    );
    const types = reader.columnTypes();
    const numeric = new Set(
      reader.columnNames().filter((_, index) => /^(BIGINT|HUGEINT|DECIMAL)/.test(String(types[index]))),
    );
    return reader.getRowObjectsJson().map((row) => readable(row, numeric)) as T[];
  }

  /** Runs a query and hands out its rows in portions, so that a large result never lies in memory as a whole. */
  async *portions<T = Row>(sql: string): AsyncGenerator<T[]> {
    const result = await this.driver.stream(sql);
    const names = result.columnNames();
    for await (const chunk of result.yieldRowsJson()) {
      yield chunk.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])) as T);
    }
  }

  /** Runs a query of one row; undefined when it has none. */
  async first<T = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0];
  }

  /** Runs the work in a transaction; any error rolls everything back. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run('begin transaction');
    try {
      const result = await work();
      await this.run('commit');
      return result;
    } catch (error) {
      // A commit that failed has ended the transaction: the error to report is the first one.
      await this.run('rollback').catch(() => undefined);
      throw error;
    }
  }

  /**
   * Runs the work in so many bytes of the database's memory, less where it was opened with less: what needs more goes
   * to disk, and what is freed goes back to the system. Holds for all connections of the database.
   */
  async withMemory<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const higher = await this.first(
      `select 1 as found where parse_formatted_bytes(current_setting('memory_limit')) > ${bytes}`,
    );
    if (!higher) return work();
    await this.bound(bytes);
    try {
      return await work();
    } finally {
      await this.unbound();
    }
  }

  /** Within `withMemory`: runs the work with all memory nevertheless. */
  async withAllMemory<T>(work: () => Promise<T>): Promise<T> {
    const { bytes } = this;
    if (bytes === undefined) return work();
    await this.unbound();
    try {
      return await work();
    } finally {
      await this.bound(bytes);
    }
  }

  /** Runs work that may be done again, with all memory where that of `withMemory` was too little: very long texts. */
  async retryWithAllMemory<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.bytes === undefined || !isOutOfMemory(error)) throw error;
      return this.withAllMemory(work);
    }
  }

  /** Runs work that may be done again, with one thread where memory was too little: each thread holds its own. */
  async retryWithOneThread<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      const set = await this.first<{ threads: number }>(
        `select current_setting('threads')::integer as threads`,
      );
      if (set!.threads === 1) throw error;
      await this.run('set threads = 1');
      try {
        return await work();
      } finally {
        await this.run(`set threads = ${set!.threads}`);
      }
    }
  }

  private async bound(bytes: number): Promise<void> {
    await this.run(`set memory_limit = '${bytes}B';
      set allocator_flush_threshold = '16MB'; set allocator_bulk_deallocation_flush_threshold = '16MB'`);
    this.bytes = bytes;
  }

  private async unbound(): Promise<void> {
    // `reset memory_limit` changes what the setting says, and not the limit.
    await this.run(`set memory_limit = '${this.memoryLimit}';
      reset allocator_flush_threshold; reset allocator_bulk_deallocation_flush_threshold`);
    this.bytes = undefined;
  }

  /** Ends the running statement, within about 10 ms. */
  interrupt(): void {
    this.driver.interrupt();
  }

  close(): void {
    this.driver.closeSync();
  }
}

/** An open DuckDB database with safe defaults: no extension is ever downloaded, time zone UTC. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly main: Connection,
    private readonly memoryLimit: string,
  ) {}

  static async open(path: string, options: DatabaseOptions = {}): Promise<Database> {
    const config: Record<string, string> = {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      threads: String(options.threads ?? 2),
      preserve_insertion_order: 'false',
    };
    if (options.readOnly) config.access_mode = 'READ_ONLY';
    if (options.memoryLimit) config.memory_limit = options.memoryLimit;
    if (options.tempDirectory) config.temp_directory = options.tempDirectory;
    const instance = await DuckDBInstance.create(path, config);
    const failures = new PatientFailures();
    const driver = await instance.connect();
    const [[memoryLimit]] = (
      await driver.runAndReadAll("select current_setting('memory_limit')")
    ).getRowsJson() as [[string]];
    const main = new Connection(driver, failures, memoryLimit);
    failures.register(main.driver);
    await main.run("set TimeZone = 'UTC'");
    return new Database(instance, main, memoryLimit);
  }

  /** A further connection to the same database. */
  async connect(): Promise<Connection> {
    const connection = new Connection(await this.instance.connect(), this.main.failures, this.memoryLimit);
    await connection.run("set TimeZone = 'UTC'");
    return connection;
  }

  close(): void {
    this.main.close();
    this.instance.closeSync();
  }
}

/** Did a statement need more memory than the database may have? */
export function isOutOfMemory(error: unknown): boolean {
  // By its form, for an error of the driver may be of another realm.
  const { message, cause } = (error ?? {}) as { message?: unknown; cause?: unknown };
  return String(message).startsWith('Out of Memory Error') || (cause != null && isOutOfMemory(cause));
}

/** Quotes an identifier; generated names are always quoted (`ref`, `asof` and more are reserved words). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text as a SQL literal. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function readable(row: Record<string, Json>, numeric: Set<string>): Row {
  const result: Row = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = numeric.has(name) && typeof value === 'string' ? Number(value) : value;
  }
  return result;
}
