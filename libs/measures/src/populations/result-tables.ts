import { createResultTables, type Connection } from '@catchment/warehouse';

/** Creates the `results` tables that groups write, also those that only this lib knows. */
export async function createPopulationTables(connection: Connection): Promise<void> {
  await createResultTables(connection);
  await connection.run(
    `create table if not exists results.observation (
      measure_id varchar, group_id varchar, observation_id varchar, pid integer, episode_rid bigint, value decimal(28, 8)
    )`,
  );
  await connection.run(
    `create table if not exists results.stratum (
      measure_id varchar, group_id varchar, stratifier_id varchar, pid integer, episode_rid bigint
    )`,
  );
}

/** Takes a measure's results out of the tables that hold several measures. */
export async function forgetResults(connection: Connection, measureId: string): Promise<void> {
  for (const table of ['population_result', 'observation', 'stratum', 'define', 'evidence']) {
    await connection.run(`delete from results.${table} where measure_id = $1`, [measureId]);
  }
}
