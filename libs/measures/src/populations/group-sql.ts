import type { DefineOutput, ObservationOutput } from '@catchment/cql';
import { Defect } from '@catchment/platform';
import { quoteLiteral } from '@catchment/warehouse';
import { populationCodes, type GroupDefinition, type PopulationCode } from '../definition/definition';
import type { Place } from '../definition/place';
import { columnOf, dependencyOf, observedOf } from './dependency';
import { notEvaluatedOf } from './result-tables';
import { basisOf, keysOf, membershipOf, stratumOf, type Basis } from './membership';

/** What the SQL of a group reads: where the results of its defines and observations are. */
export interface GroupInputs {
  measureId: string;
  group: GroupDefinition;
  place: Place;
  defineOutput: (define: string) => DefineOutput;
  observationOutput: (observedFunction: string, of: string) => ObservationOutput;
}

/**
 * SQL of one group over the temp tables of its defines: population results, observations and strata
 * (docs/data-model.md, Results). Run the statements in order, against tables that hold no row of the group.
 */
export function groupStatements(inputs: GroupInputs): string[] {
  return [populationStatement(inputs), ...observationStatements(inputs), ...stratumStatements(inputs)];
}

/** `insert` of one row per subject or episode that is in an initial population of the group. */
function populationStatement({ measureId, group, place, defineOutput }: GroupInputs): string {
  const basis = basisOf(group.populationBasis);
  const keys = keysOf(basis);
  const has = new Set(group.populations.map(({ code }) => code));
  const initial = group.populations.filter(({ code }) => code === 'initial-population');
  const others = group.populations.filter(({ code }) => code !== 'initial-population');
  const select = (population: { id: string; define: string }): string =>
    membershipOf(defineOutput(population.define), basis, place.population(population.id)).sql;

  const ctes = [
    ...initial.map((population, index) => `initial_${index} as (${select(population)})`),
    ...others.map((population) => `${columnOf(population.code)} as (${select(population)})`),
    `member as (${initial.map((_, index) => `select ${keys.join(', ')} from initial_${index}`).join(' union ')})`,
  ];
  const draws = initial.map((_, index) => left(`initial_${index}`, keys));
  const joins = others.map(({ code }) => left(columnOf(code), keys));
  const flags = others.map((population) => {
    const from = initial.findIndex(({ id }) => id === population.drawsFrom);
    const within = from < 0 ? '' : ` and initial_${from}.pid is not null`;
    return `${columnOf(population.code)}.pid is not null${within} as ${columnOf(population.code)}`;
  });
  const raw = [
    `select ${[...keys.map((key) => `member.${key}`), ...flags].join(', ')}`,
    'from member',
    ...(initial.length > 1 ? draws : []),
    ...joins,
  ].join('\n  ');
  const dependency = dependencyOf(group.scoring, has);
  const columns = populationCodes.map((code) =>
    code === 'initial-population' ? 'true' : `${dependency[code] ?? 'null'}`,
  );
  return `insert into results.population_result
with ${[...ctes, `raw as (\n  ${raw}\n)`].join(',\n')}
select ${quoteLiteral(measureId)}, ${quoteLiteral(group.id)}, raw.pid, ${rid(basis, 'raw')},
  ${populationCodes.map((code, index) => `${columns[index]} as ${columnOf(code)}`).join(',\n  ')},
  null as observation
from raw
where raw.pid not in ${notEvaluatedOf(measureId)}`;
}

/** One row per observed episode; a continuous variable's value also stands in `population_result.observation`. */
function observationStatements({
  measureId,
  group,
  place,
  observationOutput,
  defineOutput,
}: GroupInputs): string[] {
  const basis = basisOf(group.populationBasis);
  const has = new Set<PopulationCode>(group.populations.map(({ code }) => code));
  return group.observations.flatMap((observation) => {
    const observed = group.populations.find(({ code }) => code === observation.of);
    if (!observed || basis.kind === 'subject') {
      throw place.population(observation.id).wrong('only populations of resources can be observed');
    }
    // Rows of the observed define have been checked against the basis as a population.
    membershipOf(defineOutput(observed.define), basis, place.population(observed.id));
    const output = observationOutput(observation.function, observed.define);
    if (!output.rid) throw new Defect(`observation ${observation.id} of resources has no resource number`);
    const values = `insert into results.observation
select result.measure_id, result.group_id, ${quoteLiteral(observation.id)}, result.pid, result.episode_rid, observed.value
from results.population_result as result
left join (
  select ${output.pid} as pid, ${output.rid} as rid, any_value(${output.value}) as value
  from ${output.table}
  group by all
) as observed on observed.pid = result.pid and observed.rid = result.episode_rid
where ${ofGroup('result', measureId, group)} and ${observedOf(observation.of, has)}`;
    if (group.scoring !== 'continuous-variable') return [values];
    const copy = `update results.population_result as result
set observation = observed.value
from results.observation as observed
where ${ofGroup('result', measureId, group)} and ${ofGroup('observed', measureId, group)}
  and observed.pid = result.pid and observed.episode_rid = result.episode_rid`;
    return [values, copy];
  });
}

/** One row per subject or episode of the group and stratifier that it meets. */
function stratumStatements({ measureId, group, place, defineOutput }: GroupInputs): string[] {
  const basis = basisOf(group.populationBasis);
  return group.stratifiers.map((stratifier) => {
    const stratum = stratumOf(defineOutput(stratifier.define), basis, place.stratifier(stratifier.id));
    const on = stratum.keys.map((key) => `stratum.${key} = result.${key === 'rid' ? 'episode_rid' : key}`);
    return `insert into results.stratum
select result.measure_id, result.group_id, ${quoteLiteral(stratifier.id)}, result.pid, result.episode_rid
from results.population_result as result
semi join (${stratum.sql}) as stratum on ${on.join(' and ')}
where ${ofGroup('result', measureId, group)}`;
  });
}

function left(relation: string, keys: readonly string[]): string {
  return `left join ${relation} on ${keys.map((key) => `${relation}.${key} = member.${key}`).join(' and ')}`;
}

function rid(basis: Basis, relation: string): string {
  return basis.kind === 'subject' ? 'null::bigint as episode_rid' : `${relation}.rid as episode_rid`;
}

function ofGroup(relation: string, measureId: string, group: GroupDefinition): string {
  return `${relation}.measure_id = ${quoteLiteral(measureId)} and ${relation}.group_id = ${quoteLiteral(group.id)}`;
}
