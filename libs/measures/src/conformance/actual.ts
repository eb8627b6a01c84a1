import type { Connection } from '@catchment/warehouse';
import { populationCodes, type GroupDefinition, type MeasureDefinition } from '../definition/definition';
import type { PopulationCounts } from '../populations/counts';
import { columnOf } from '../populations/dependency';
import type { GroupExpectation } from './expectation';

/** Results by case name and group id; a case that is not in the initial population has counts of 0. */
export type ActualResults = Map<string, Map<string, GroupExpectation>>;

interface CountRow {
  name: string;
  group_id: string;
  stratifier_id: string | null;
  counts: string;
}

/** Reads what an evaluated measure says of each case (the subjects of the warehouse), as reports state it. */
export async function readActual(
  connection: Connection,
  definition: MeasureDefinition,
  names: readonly string[],
): Promise<ActualResults> {
  const results: ActualResults = new Map(
    names.map((name) => [name, new Map(definition.groups.map((group) => [group.id, nothing(group)]))]),
  );
  const counts = populationCodes
    .map((code) => `'${code}': count(*) filter (where ${columnOf(code)})`)
    .join(', ');
  const rows = await connection.rows<CountRow>(
    `select subject.id as name, result.group_id, null as stratifier_id, to_json({${counts}})::varchar as counts
     from results.population_result as result
     join registry.subject as subject using (pid)
     where result.measure_id = $1
     group by all
     union all
     select subject.id, result.group_id, stratum.stratifier_id, to_json({${counts}})::varchar
     from results.population_result as result
     join results.stratum as stratum on stratum.measure_id = result.measure_id
       and stratum.group_id = result.group_id and stratum.pid = result.pid
       and stratum.episode_rid is not distinct from result.episode_rid
     join registry.subject as subject on subject.pid = result.pid
     where result.measure_id = $1
     group by all`,
    [definition.id],
  );
  for (const row of rows) {
    const found = results.get(row.name)?.get(row.group_id);
    if (!found) continue;
    const stated = JSON.parse(row.counts) as PopulationCounts;
    if (row.stratifier_id === null) Object.assign(found.populations, stated);
    else Object.assign(found.strata.get(row.stratifier_id)!, stated);
  }
  const observed = await connection.rows<{
    name: string;
    group_id: string;
    observation_id: string;
    value: number;
  }>(
    `select subject.id as name, group_id, observation_id, value
     from results.observation join registry.subject as subject using (pid)
     where measure_id = $1`,
    [definition.id],
  );
  for (const row of observed) {
    results.get(row.name)?.get(row.group_id)?.observations.get(row.observation_id)?.push(row.value);
  }
  return results;
}

function nothing(group: GroupDefinition): GroupExpectation {
  const zero = (): PopulationCounts => Object.fromEntries(group.populations.map(({ code }) => [code, 0]));
  return {
    populations: zero(),
    observations: new Map(group.observations.map(({ id }) => [id, []])),
    strata: new Map(group.stratifiers.map(({ id }) => [id, zero()])),
  };
}
