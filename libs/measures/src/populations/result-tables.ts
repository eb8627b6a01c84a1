import { createResultTables, quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';

/** Tables that hold several measures, by `measure_id`, and whether their rows are patients' (`pid`). */
export const resultTables: Readonly<Record<string, boolean>> = {
  population_result: true,
  observation: true,
  stratum: true,
  define: false,
  define_population: false,
  evidence: true,
  not_evaluated: true,
  partly_evaluated: true,
};

/**
 * SQL of the patients who count nowhere in a measure, for `not in`: a define failed, they left all panels, or their
 * data stand under another record of the same person.
 */
export function notEvaluatedOf(measureId: string): string {
  return `(select pid from results.not_evaluated where measure_id = ${quoteLiteral(measureId)}
    union all select pid from temp.leaver)`;
}

/**
 * Creates the `results` tables that groups write, also those that only this lib knows, and `temp.leaver`: who is not
 * evaluated by this run.
 */
export async function createPopulationTables(connection: Connection): Promise<void> {
  await createResultTables(connection);
  await connection.run(`create or replace temp table leaver as
    select pid from registry.leaver union select own_pid from identity.link`);
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
  await connection.run(
    'create table if not exists results.partly_evaluated (measure_id varchar, pid integer, reason varchar)',
  );
  // What the results are made from, so that those of patients without news stand at the next evaluation.
  await connection.run(
    'create table if not exists results.evaluated (measure_id varchar, inputs varchar, patients varchar)',
  );
}

/** The measures that have results, in whichever table. */
export async function measuresWithResults(connection: Connection): Promise<string[]> {
  const tables = ['measure', ...Object.keys(resultTables)];
  const found = await connection.rows<{ id: string }>(
    `${tables.map((table) => `select measure_id as id from results.${table}`).join(' union ')}
     union
     select substr(table_name, 15) from information_schema.tables
     where table_catalog = current_database() and table_schema = 'results' and starts_with(table_name, 'define_result_')
     order by id`,
  );
  return found.map(({ id }) => id);
}

/** Takes a measure's results out of all tables. */
export async function dropResults(connection: Connection, measureId: string): Promise<void> {
  await forgetResults(connection, measureId);
  await connection.run('delete from results.evaluated where measure_id = $1', [measureId]);
  await connection.run(`drop table if exists results.${quoteIdentifier(`define_result_${measureId}`)}`);
}

/** Takes a measure's results out of the tables that hold several measures. */
export async function forgetResults(connection: Connection, measureId: string): Promise<void> {
  for (const table of Object.keys(resultTables)) {
    await connection.run(`delete from results.${table} where measure_id = $1`, [measureId]);
  }
}
