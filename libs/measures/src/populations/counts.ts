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
  const whole = await count(connection, measureId, group);
  const strata = [];
  for (const { id } of group.stratifiers) {
    strata.push({ stratifierId: id, ...(await count(connection, measureId, group, id)) });
  }
  return { groupId: group.id, scoring: group.scoring, ...whole, strata };
}

async function count(
  connection: Connection,
  measureId: string,
  group: GroupDefinition,
  stratifierId?: string,
): Promise<GroupCounts> {
  const codes = populationCodes.filter((code) =>
    group.populations.some((population) => population.code === code),
  );
  const parameters = [measureId, group.id, ...(stratifierId === undefined ? [] : [stratifierId])];
  const within = (relation: string): string =>
    `${relation}.measure_id = $1 and ${relation}.group_id = $2` +
    (stratifierId === undefined
      ? ''
      : ` and exists (
        select 1 from results.stratum
        where stratum.measure_id = $1 and stratum.group_id = $2 and stratum.stratifier_id = $3
          and stratum.pid = ${relation}.pid and stratum.episode_rid is not distinct from ${relation}.episode_rid
      )`);
  const populations = (await connection.first<Record<string, number>>(
    `select ${codes.map((code) => `count(*) filter (where ${columnOf(code)}) as "${code}"`).join(', ')}
     from results.population_result as result where ${within('result')}`,
    parameters,
  ))! as PopulationCounts;
  const observations: ObservationSummary[] = [];
  for (const { id, of, aggregateMethod } of group.observations) {
    const row = await connection.first<{ count: number; value: number | null }>(
      `select count(value) as count, ${aggregates[aggregateMethod]}::double as value
       from results.observation as observed
       where ${within('observed')} and observation_id = $${parameters.length + 1}`,
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
