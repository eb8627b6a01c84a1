import {
  createResultTables,
  newsOf,
  quoteIdentifier,
  rowsWithNews,
  typedTable,
  type Connection,
} from '@catchment/warehouse';
import { bindMembers, unitsInData } from '@catchment/terminology';
import { createPopulationTables, resultTables } from '../../populations/result-tables';

const patients = newsOf('evaluation');

/** Schemas that an evaluation reads and does not write. */
const shared = ['dictionary', 'identity', 'registry', 'terminology'];

/**
 * The warehouse as it would be if it held the patients with news only, in memory: their rows of the typed tables,
 * empty `results`, everything else seen through views. What is evaluated inside (`within`) is evaluated for them by
 * the very code that evaluates everybody, and takes the place of what the results said of them before (`takeOver`).
 */
export class NewsWarehouse {
  private constructor(
    private readonly connection: Connection,
    private readonly warehouse: string,
  ) {}

  /** @param types resource types that will be read */
  static async open(connection: Connection, types: ReadonlySet<string>): Promise<NewsWarehouse> {
    // Seen through views they could not be brought up to date.
    await bindMembers(connection);
    await unitsInData(connection);
    const { name } = (await connection.first<{ name: string }>('select current_database() as name'))!;
    await connection.run(`detach database if exists news; attach ':memory:' as news`);
    const news = new NewsWarehouse(connection, quoteIdentifier(name));
    try {
      await news.showShared();
      await news.copyRows(types);
      await news.within(async () => {
        await createResultTables(connection);
        await createPopulationTables(connection);
      });
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

  /** Puts the results of measures of the patients in the place of those that the warehouse has of them. */
  async takeOver(measureIds: readonly string[]): Promise<void> {
    const { connection } = this;
    const these = `measure_id in (select unnest(from_json($1, '["VARCHAR"]')))`;
    const who = `pid in (select pid from ${patients})`;
    for (const [table, ofPatients] of Object.entries(resultTables)) {
      await connection.run(`delete from results.${table} where ${these}${ofPatients ? ` and ${who}` : ''}`, [
        JSON.stringify(measureIds),
      ]);
      await connection.run(
        `insert into results.${table} by name select * from news.results.${table} where ${these}`,
        [JSON.stringify(measureIds)],
      );
    }
    for (const measureId of measureIds) {
      const rows = quoteIdentifier(`define_result_${measureId}`);
      await connection.run(`delete from results.${rows} where ${who};
        insert into results.${rows} by name select * from news.results.${rows}`);
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
      const some = table === 'registry."subject"' ? ` where pid in (select pid from ${patients})` : '';
      await this.connection.run(
        some
          ? `create table news.${table} as select * from ${this.warehouse}.${table}${some}`
          : `create view news.${table} as select * from ${this.warehouse}.${table}`,
      );
    }
  }

  /** The patients' rows, and those that are nobody's: a Medication or Location may be looked up for anybody. */
  private async copyRows(types: ReadonlySet<string>): Promise<void> {
    for (const type of types) {
      const table = typedTable(type);
      await this.connection.run(
        `create table news.${table} as select * from ${rowsWithNews(`${this.warehouse}.${table}`, 'evaluation')}`,
      );
    }
  }
}
