import type { Connection, Parameter } from './database';

/** The evaluation run that the `results` schema holds (docs/data-model.md, Results). */
export interface RunRecord {
  runId: string;
  /** First and last day of the measurement period, `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
  /** Instant up to which the data are known, ISO 8601. */
  dataAsOf: string;
  engineVersion: string;
}

export interface MeasureRecord {
  measureId: string;
  canonical: string;
  version: string;
  name: string;
  title: string;
  description?: string;
  scoring: string;
  populationBasis: string;
  improvementNotation: 'increase' | 'decrease';
  guideline?: string;
  rationale?: string;
  copyright?: string;
  disclaimer?: string;
  origin: 'starter' | 'imported';
  /** Name of the primary library: its defines decide the populations. */
  library: string;
  groups: MeasureGroupRecord[];
  valueSets: {
    canonical: string;
    version?: string;
    title?: string;
    origin: 'starter' | 'imported';
    codes: number;
  }[];
  retrieves: RetrieveRecord[];
}

export interface MeasureGroupRecord {
  groupId: string;
  title?: string;
  scoring: string;
  populationBasis: string;
  improvementNotation: 'increase' | 'decrease';
  /** FHIR population code and the define that decides it. */
  populations: { code: string; define: string }[];
}

/** One retrieve of a define, by value set (`canonical`) or by direct code (`system`, `code`). */
export interface RetrieveRecord {
  library: string;
  define: string;
  /** Resource type. */
  type: string;
  /** Name of the value set or code as CQL declares it, for people. */
  name: string;
  canonical?: string;
  system?: string;
  code?: string;
}

/** Tables of the `results` schema that this file owns; created when absent. */
const tables: Record<string, string> = {
  run: 'run_id varchar, period_start date, period_end date, data_as_of timestamp, engine_version varchar',
  measure: `measure_id varchar, canonical varchar, version varchar, name varchar, title varchar, description varchar,
    scoring varchar, population_basis varchar, improvement_notation varchar, guideline varchar, rationale varchar,
    copyright varchar, disclaimer varchar, origin varchar, library varchar`,
  measure_group: `measure_id varchar, group_id varchar, title varchar, scoring varchar, population_basis varchar,
    improvement_notation varchar`,
  population_define: 'measure_id varchar, group_id varchar, population varchar, define varchar',
  value_set_used:
    'measure_id varchar, canonical varchar, version varchar, title varchar, origin varchar, codes integer',
  retrieve: `measure_id varchar, library varchar, define varchar, type varchar, name varchar, canonical varchar,
    system varchar, code varchar`,
  trend: `measure_id varchar, group_id varchar, period_end date, site_id varchar, provider_id varchar, payer varchar,
    performance_denominator bigint, performance_numerator bigint`,
  population_result: `measure_id varchar, group_id varchar, pid integer, episode_rid bigint, initial_population boolean,
    denominator boolean, denominator_exclusion boolean, denominator_exception boolean, numerator boolean,
    numerator_exclusion boolean, measure_population boolean, measure_population_exclusion boolean,
    observation decimal(28, 8)`,
  define: `measure_id varchar, seq integer, library varchar, define varchar, kind varchar, column_name varchar,
    cql varchar, locator varchar`,
  define_population:
    'measure_id varchar, seq integer, group_id varchar, population varchar, is_direct boolean',
  evidence: 'measure_id varchar, seq integer, pid integer, rid bigint',
  not_evaluated: 'measure_id varchar, pid integer, reason varchar',
};

/** Creates the tables of the `results` schema that are not there yet. */
export async function createResultTables(connection: Connection): Promise<void> {
  await connection.run('create schema if not exists results');
  for (const [name, columns] of Object.entries(tables)) {
    await connection.run(`create table if not exists results.${name} (${columns})`);
  }
}

/** Tables that say what a measure is; those with its results are other libs' matter. */
const measureTables = ['measure', 'measure_group', 'population_define', 'value_set_used', 'retrieve'];

/**
 * Says which run the `results` schema holds; forgets what it said about the measures of the run before.
 * @param kept measures of the run before that belong to this one as they are
 */
export async function recordRun(
  connection: Connection,
  run: RunRecord,
  kept: readonly string[] = [],
): Promise<void> {
  await createResultTables(connection);
  await connection.run('delete from results.run');
  for (const table of measureTables) {
    await connection.run(
      `delete from results.${table} where not list_contains(from_json($1, '["VARCHAR"]'), measure_id)`,
      [JSON.stringify(kept)],
    );
  }
  await insert(connection, 'run', [
    [run.runId, run.periodStart, run.periodEnd, run.dataAsOf.replace(/Z$/, ''), run.engineVersion],
  ]);
}

/** Records one evaluated measure, replacing what was said of it before. */
export async function recordMeasure(connection: Connection, measure: MeasureRecord): Promise<void> {
  const id = measure.measureId;
  for (const table of measureTables) {
    await connection.run(`delete from results.${table} where measure_id = $1`, [id]);
  }
  await insert(connection, 'measure', [
    [
      id,
      measure.canonical,
      measure.version,
      measure.name,
      measure.title,
      measure.description ?? null,
      measure.scoring,
      measure.populationBasis,
      measure.improvementNotation,
      measure.guideline ?? null,
      measure.rationale ?? null,
      measure.copyright ?? null,
      measure.disclaimer ?? null,
      measure.origin,
      measure.library,
    ],
  ]);
  const groups = measure.groups;
  await insert(
    connection,
    'measure_group',
    groups.map((group) => [
      id,
      group.groupId,
      group.title ?? null,
      group.scoring,
      group.populationBasis,
      group.improvementNotation,
    ]),
  );
  await insert(
    connection,
    'population_define',
    groups.flatMap((group) => group.populations.map(({ code, define }) => [id, group.groupId, code, define])),
  );
  await insert(
    connection,
    'value_set_used',
    measure.valueSets.map((set) => [
      id,
      set.canonical,
      set.version ?? null,
      set.title ?? null,
      set.origin,
      set.codes,
    ]),
  );
  await insert(
    connection,
    'retrieve',
    measure.retrieves.map((retrieve) => [
      id,
      retrieve.library,
      retrieve.define,
      retrieve.type,
      retrieve.name,
      retrieve.canonical ?? null,
      retrieve.system ?? null,
      retrieve.code ?? null,
    ]),
  );
}

async function insert(
  connection: Connection,
  table: string,
  rows: readonly (readonly Parameter[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const width = rows[0]!.length;
  const tuples = rows.map(
    (_, row) =>
      `(${Array.from({ length: width }, (__, column) => `$${row * width + column + 1}`).join(', ')})`,
  );
  await connection.run(`insert into results.${table} values ${tuples.join(', ')}`, rows.flat());
}
