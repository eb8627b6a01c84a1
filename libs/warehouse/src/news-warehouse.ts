import { quoteIdentifier, type Connection } from './database';
import { newsOf, rowsWithNews, type NewsReader } from './patient-news';
import { typedTable } from './typed-table';

/** Schemas that whoever looks at patients with news reads and does not write. */
const shared = ['dictionary', 'identity', 'registry', 'terminology'];

/**
 * The warehouse as it would be if it held the patients with news only, in memory, as database `news`: their rows of the
 * typed tables and those that are nobody's; everything else is seen through views. What looks at everybody looks at them
 * when it runs inside (`within`).
 */
export class NewsWarehouse {
  private constructor(
    private readonly connection: Connection,
    private readonly warehouse: string,
    private readonly reader: NewsReader,
  ) {}

  /**
   * Not within a transaction: one of DuckDB's writes to one database.
   * @param types resource types that will be read
   */
  static async open(
    connection: Connection,
    reader: NewsReader,
    types: Iterable<string>,
  ): Promise<NewsWarehouse> {
    const { name } = (await connection.first<{ name: string }>('select current_database() as name'))!;
    await connection.run(`detach database if exists news; attach ':memory:' as news`);
    const news = new NewsWarehouse(connection, quoteIdentifier(name), reader);
    try {
      await news.showShared();
      await news.copyRows(types);
    } catch (error) {
      await news.close();
      throw error;
    }
    return news;
  }

  /** Statements of the work that name no database read and write this one. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    await this.connection.run(`set search_path = 'news,${this.warehouse}'`);
    try {
      return await work();
    } finally {
      await this.connection.run(`use ${this.warehouse}`);
    }
  }

  async close(): Promise<void> {
    await this.connection.run(`use ${this.warehouse}; detach database if exists news`);
  }

  private async showShared(): Promise<void> {
    const tables = await this.connection.rows<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_catalog = current_database() and list_contains(from_json($1, '["VARCHAR"]'), table_schema)`,
      [JSON.stringify(shared)],
    );
    for (const schema of [...shared, 'fhir']) await this.connection.run(`create schema news.${schema}`);
    for (const { schema, name } of tables) {
      const table = `${schema}.${quoteIdentifier(name)}`;
      await this.connection.run(
        table === 'registry."subject"'
          ? `create table news.${table} as select * from ${this.warehouse}.${table}
             where pid in (select pid from ${newsOf(this.reader)})`
          : `create view news.${table} as select * from ${this.warehouse}.${table}`,
      );
    }
  }

  /** The patients' rows, and those that are nobody's: a Medication or Location may be looked up for anybody. */
  private async copyRows(types: Iterable<string>): Promise<void> {
    for (const type of types) {
      const table = typedTable(type);
      await this.connection.run(
        `create table news.${table} as select * from ${rowsWithNews(`${this.warehouse}.${table}`, this.reader)}`,
      );
    }
  }
}
