import { createResultTables, quoteLiteral, type Connection } from '@catchment/warehouse';

/** Tables that hold several measures, by `measure_id`. */
export const resultTables = [
  'population_result',
  'observation',
  'stratum',
  'define',
  'evidence',
  'not_evaluated',
] as const;

/** SQL of the patients who count nowhere in a measure, for `not in`. */
export function notEvaluatedOf(measureId: string): string {
  return `(select pid from results.not_evaluated where measure_id = ${quoteLiteral(measureId)})`;
}

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
  for (const table of resultTables) {
    await connection.run(`delete from results.${table} where measure_id = $1`, [measureId]);
  }
}
