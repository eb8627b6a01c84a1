import { modelDemand } from '@catchment/population';
import {
  createResultTables,
  Database,
  loadFixture,
  publish,
  recordMeasure,
  recordRun,
  type Connection,
  type MeasureRecord,
} from '@catchment/warehouse';
import { earlierTrend, populationResources, populationSize } from './population';

export interface PublishPopulationOptions {
  size?: number;
  runId?: string;
}

/**
 * Publishes the population with what a run would have written, into a data folder. Five measures:
 * `screening` (proportion, higher is better, exclusions and exceptions), `glycemic` (proportion, lower is better),
 * `followup` (proportion of encounters: several rows a patient), `stay` (continuous variable) and `quiet` (nobody).
 */
export async function publishPopulation(
  dataDir: string,
  { size = populationSize, runId = '20261124T000000Z-aaaaaa' }: PublishPopulationOptions = {},
): Promise<void> {
  const warehouse = await Database.open(':memory:');
  try {
    const { main } = warehouse;
    await loadFixture(main, populationResources(size), modelDemand);
    await createResultTables(main);
    await recordRun(main, {
      runId,
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf: '2026-11-24T00:00:00Z',
      engineVersion: 'fixture',
    });
    for (const measure of measures) await recordMeasure(main, measure);
    await main.run(results);
    await recordDefines(main);
    for (const [measure, ...point] of earlierTrend) {
      await main.run(
        `insert into results.trend values ($1, 'main', $2::date, $3, $4, $5, $6::bigint, $7::bigint)`,
        [measure!, ...point],
      );
    }
    await publish(main, { dataDir, publishedAt: new Date('2026-11-24T06:00:00Z') });
  } finally {
    warehouse.close();
  }
}

const measures: MeasureRecord[] = [
  measure('screening', 'Breast cancer screening', 'proportion', [
    'initial-population',
    'denominator',
    'denominator-exclusion',
    'denominator-exception',
    'numerator',
    'numerator-exclusion',
  ]),
  measure('glycemic', 'Glycemic status > 9 %', 'proportion', [
    'initial-population',
    'denominator',
    'denominator-exclusion',
    'numerator',
  ]),
  measure('followup', 'Follow-up visits', 'proportion', ['initial-population', 'denominator', 'numerator']),
  measure('stay', 'Length of stay', 'continuous-variable', ['initial-population', 'measure-population']),
  measure('quiet', 'Nobody is in it', 'proportion', ['initial-population', 'denominator', 'numerator']),
];

function measure(
  measureId: string,
  title: string,
  scoring: 'proportion' | 'continuous-variable',
  populations: string[],
): MeasureRecord {
  const improvementNotation = measureId === 'glycemic' ? ('decrease' as const) : ('increase' as const);
  const populationBasis = measureId === 'followup' ? 'Encounter' : 'boolean';
  return {
    measureId,
    canonical: `urn:fixture:Measure/${measureId}`,
    version: '0.1.0',
    name: measureId,
    title,
    scoring,
    populationBasis,
    improvementNotation,
    origin: 'starter',
    library: 'FixtureLibrary',
    groups: [
      {
        groupId: 'main',
        scoring,
        populationBasis,
        improvementNotation,
        populations: populations.map((code) => ({ code, define: code })),
      },
    ],
    valueSets: [{ canonical: 'urn:fixture:vs', version: '1', title: 'VS', origin: 'starter', codes: 1 }],
    retrieves: [{ library: 'FixtureLibrary', define: 'numerator', type: 'Encounter', name: 'Office visit' }],
  };
}

/** Who is in what, by the number of the person; persons 16, 33, … are not evaluated at all, of `screening` with a reason. */
const results = `
    create temp table person as
    select pid, substr(id, 2)::integer as n from registry.subject where substr(id, 2)::integer % 17 <> 16;

    insert into results.not_evaluated by name
    select 'screening' as measure_id, pid,
        'singleton from more than one element (library FixtureLibrary, define "visits", at 10:1-10:40)' as reason
    from registry.subject where substr(id, 2)::integer % 17 = 16;

    insert into results.population_result by name
    select 'screening' as measure_id, 'main' as group_id, pid, true as initial_population,
        n % 8 <> 7 as denominator, n % 9 = 8 as denominator_exclusion, n % 10 = 9 as denominator_exception,
        n % 4 = 0 as numerator, n % 20 = 0 as numerator_exclusion
    from person where n % 6 <> 5;

    insert into results.population_result by name
    select 'glycemic' as measure_id, 'main' as group_id, pid, true as initial_population, true as denominator,
        n % 12 = 0 as denominator_exclusion, n % 2 = 0 as numerator
    from person where n % 3 = 0;

    insert into results.population_result by name
    select 'followup' as measure_id, 'main' as group_id, person.pid, resource.rid as episode_rid,
        true as initial_population, true as denominator, resource.rid % 2 = 0 as numerator
    from person inner join registry.resource as resource
        on resource.pid = person.pid and resource.type = 'Encounter';

    insert into results.population_result by name
    select 'stay' as measure_id, 'main' as group_id, pid, true as initial_population,
        n % 2 = 0 as measure_population, 3.5 as observation
    from person where n % 5 = 0;`;

async function recordDefines(connection: Connection): Promise<void> {
  const defines = ['visits', 'initial-population', 'numerator', 'Last HbA1c'];
  const kinds = ['list', 'boolean', 'boolean', 'other'];
  for (const { measureId } of measures) {
    for (const [seq, define] of defines.entries()) {
      await connection.run('insert into results.define values ($1, $2, $3, $4, $5, $6, $7, $8)', [
        measureId,
        seq,
        'FixtureLibrary',
        define,
        kinds[seq]!,
        kinds[seq] === 'other' ? null : `d${seq}`,
        `define "${define}"`,
        `${seq + 10}:1-${seq + 10}:40`,
      ]);
    }
    await connection.run(
      `insert into results.define_population values
        ($1, 0, 'main', 'numerator', false), ($1, 1, 'main', 'initial-population', true), ($1, 2, 'main', 'numerator', true)`,
      [measureId],
    );
    await connection.run(
      `create or replace table results."define_result_${measureId}" as
      select person.pid, bool_or(r.pid is not null) as d0, bool_or(r.pid is not null) as d1, bool_or(r.numerator) as d2
      from person left join results.population_result as r on r.pid = person.pid and r.measure_id = '${measureId}'
      group by person.pid`,
    );
  }
  await connection.run(
    `insert into results.evidence
    select distinct r.measure_id, 0, r.pid, resource.rid
    from results.population_result as r
    inner join registry.resource as resource
        on resource.pid = r.pid and (resource.type = 'Encounter' or (r.measure_id = 'glycemic' and resource.type = 'Observation'))`,
  );
}
