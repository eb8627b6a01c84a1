import {
  createResultTables,
  newsOf,
  NewsWarehouse,
  quoteIdentifier,
  type Connection,
} from '@catchment/warehouse';
import { bindMembers, unitsInData } from '@catchment/terminology';
import { createPopulationTables, resultTables } from '../../populations/result-tables';

/** A warehouse of the patients with news with empty `results`, for measures that read these types. */
export async function openForResults(
  connection: Connection,
  types: ReadonlySet<string>,
): Promise<NewsWarehouse> {
  // Seen through views they could not be brought up to date.
  await bindMembers(connection);
  await unitsInData(connection);
  const news = await NewsWarehouse.open(connection, 'evaluation', types);
  try {
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

/** Puts the results of measures of the patients with news in the place of those that the warehouse has of them. */
export async function takeOverResults(connection: Connection, measureIds: readonly string[]): Promise<void> {
  const these = `measure_id in (select unnest(from_json($1, '["VARCHAR"]')))`;
  const who = `pid in (select pid from ${newsOf('evaluation')})`;
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
