import type { Connection } from '@catchment/warehouse';
import {
  populationCodes,
  type AggregateMethod,
  type GroupDefinition,
  type PopulationCode,
  type Scoring,
} from '../definition/definition';
import { columnOf } from './dependency';

/** How many subjects or episodes count where, after population dependency. */
export type PopulationCounts = Partial<Record<PopulationCode, number>>;

export interface ObservationSummary {
  id: string;
  of: string;
  aggregateMethod: AggregateMethod;
  /** Observed episodes that have a value. */
  count: number;
  /** The aggregate; null over nothing (a sum or count over nothing is 0). */
  value: number | null;
}

/** What a run says of one group, or of one stratum of it. */
export interface GroupCounts {
  populations: PopulationCounts;
  observations: ObservationSummary[];
  /**
   * Proportion: performance rate, 0 to 1. Ratio: observed numerator ÷ observed denominator, else counts.
   * Continuous variable: the aggregate. Null for a cohort, and where there is nothing to divide by.
   */
  score: number | null;
}

export interface GroupSummary extends GroupCounts {
  groupId: string;
  scoring: Scoring;
  strata: ({ stratifierId: string } & GroupCounts)[];
}

/** Counts one evaluated group of the `results` schema, with its strata. */
export async function summarizeGroup(
  connection: Connection,
  measureId: string,
  group: GroupDefinition,
): Promise<GroupSummary> {
  const named = { connection, measureId, group };
  const whole = await count(named, await countPopulations(named));
  const counted = group.stratifiers.length === 0 ? undefined : await countStrata(named);
  const strata = [];
  for (const { id } of group.stratifiers)
    strata.push({ stratifierId: id, ...(await count(named, counted?.get(id), id)) });
  return { groupId: group.id, scoring: group.scoring, ...whole, strata };
}

interface NamedGroup {
  connection: Connection;
  measureId: string;
  group: GroupDefinition;
}

async function countPopulations({ connection, measureId, group }: NamedGroup): Promise<PopulationCounts> {
  const counts = await connection.first<PopulationCounts>(
    `select ${countsOf(group)} from results.population_result where measure_id = $1 and group_id = $2`,
    [measureId, group.id],
  );
  return counts!;
}

/** By stratifier; a stratum that nobody is in has no entry. */
async function countStrata({
  connection,
  measureId,
  group,
}: NamedGroup): Promise<Map<string, PopulationCounts>> {
  const rows = await connection.rows<PopulationCounts & { stratifier: string }>(
    `select stratum.stratifier_id as stratifier, ${countsOf(group)}
     from results.population_result as result
     join results.stratum as stratum
       on stratum.measure_id = result.measure_id and stratum.group_id = result.group_id
       and stratum.pid = result.pid and stratum.episode_rid is not distinct from result.episode_rid
     where result.measure_id = $1 and result.group_id = $2
     group by stratum.stratifier_id`,
    [measureId, group.id],
  );
  return new Map(rows.map(({ stratifier, ...counts }) => [stratifier, counts]));
}

function codesOf(group: GroupDefinition): PopulationCode[] {
  return populationCodes.filter((code) => group.populations.some((population) => population.code === code));
}

function countsOf(group: GroupDefinition): string {
  return codesOf(group)
    .map((code) => `count(*) filter (where ${columnOf(code)}) as "${code}"`)
    .join(', ');
}

async function count(
  { connection, measureId, group }: NamedGroup,
  counted: PopulationCounts | undefined,
  stratifierId?: string,
): Promise<GroupCounts> {
  const populations: PopulationCounts = Object.fromEntries(
    codesOf(group).map((code) => [code, counted?.[code] ?? 0]),
  );
  const parameters = [measureId, group.id, ...(stratifierId === undefined ? [] : [stratifierId])];
  const within =
    stratifierId === undefined
      ? ''
      : `and exists (
        select 1 from results.stratum
        where stratum.measure_id = $1 and stratum.group_id = $2 and stratum.stratifier_id = $3
          and stratum.pid = observed.pid and stratum.episode_rid is not distinct from observed.episode_rid
      )`;
  const observations: ObservationSummary[] = [];
  for (const { id, of, aggregateMethod } of group.observations) {
    const row = await connection.first<{ count: number; value: number | null }>(
      `select count(value) as count, ${aggregates[aggregateMethod]}::double as value
       from results.observation as observed
       where observed.measure_id = $1 and observed.group_id = $2 ${within}
         and observation_id = $${parameters.length + 1}`,
      [...parameters, id],
    );
    observations.push({ id, of, aggregateMethod, count: row!.count, value: row!.value });
  }
  return { populations, observations, score: scoreOf(group.scoring, populations, observations) };
}

const aggregates: Record<AggregateMethod, string> = {
  sum: 'coalesce(sum(value), 0)',
  count: 'count(value)',
  average: 'avg(value)',
  median: 'median(value)',
  minimum: 'min(value)',
  maximum: 'max(value)',
};

/** The score of counts (CQF measures guide, "Measure score"; glossary, performance rate). */
export function scoreOf(
  scoring: Scoring,
  populations: PopulationCounts,
  observations: readonly ObservationSummary[],
): number | null {
  const members = (code: PopulationCode): number => populations[code] ?? 0;
  switch (scoring) {
    case 'proportion':
      return divide(
        members('numerator') - members('numerator-exclusion'),
        members('denominator') - members('denominator-exclusion') - members('denominator-exception'),
      );
    case 'ratio': {
      const observed = (of: string): number | null | undefined =>
        observations.find((observation) => observation.of === of)?.value;
      const numerator = observed('numerator') ?? members('numerator') - members('numerator-exclusion');
      const denominator =
        observed('denominator') ?? members('denominator') - members('denominator-exclusion');
      return divide(numerator, denominator);
    }
    case 'continuous-variable':
      return observations[0]?.value ?? null;
    case 'cohort':
      return null;
  }
}

function divide(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
