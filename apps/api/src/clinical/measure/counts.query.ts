import {
  listedPopulations,
  panelCondition,
  Parameters,
  populationCondition,
  type ListedPopulation,
} from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { PopulationCode, PopulationCounts } from '../contract';
import type { Panel } from '../filters/panel.service';
import type { MeasureGroup } from './group.query';

/** How many rows each population of a group has, whether the group defines it or not. */
export type RowCounts = Record<ListedPopulation, number>;

/**
 * Gaps are the patient's, and a patient of an episode-based measure has several rows. Counting distinct patients costs
 * more than all other counts together, so that only those rows are counted so.
 */
function countOf(population: ListedPopulation): string {
  const condition = populationCondition(population, 'r');
  if (population !== 'open-gap' && population !== 'closed-gap') return `count_if(${condition})`;
  return (
    `count_if(${condition} and r.episode_rid is null)` +
    ` + count(distinct r.pid) filter (${condition} and r.episode_rid is not null)`
  );
}

/** Counts the populations of every group, within a panel. Groups that nobody is in have no entry. */
export async function readCounts(
  connection: Connection,
  { scope, filter }: Panel,
  measureId?: string,
): Promise<Map<string, RowCounts>> {
  const parameters = new Parameters();
  const condition = panelCondition('r', scope, filter, parameters);
  const one = measureId === undefined ? 'true' : `r.measure_id = ${parameters.bind(measureId)}`;
  const rows = await connection.rows<RowCounts & { measureId: string; groupId: string }>(
    `select
        r.measure_id as "measureId",
        r.group_id as "groupId",
        ${listedPopulations.map((population) => `${countOf(population)} as "${population}"`).join(', ')}
    from population_result as r
    where ${condition} and ${one}
    group by r.measure_id, r.group_id`,
    parameters.values,
  );
  return new Map(rows.map((row) => [groupKey(row), row]));
}

export function groupKey({ measureId, groupId }: { measureId: string; groupId: string }): string {
  return JSON.stringify([measureId, groupId]);
}

const nobody = Object.fromEntries(listedPopulations.map((population) => [population, 0])) as RowCounts;

export interface GroupFigures {
  counts: PopulationCounts;
  /** Null unless scored as a proportion, or when the denominator of the rate is empty. */
  performanceRate: number | null;
  openGaps: number;
}

/**
 * The counts of a group as people see them: null where the group does not define a population. Only a proportion has
 * a rate of counts; a ratio's numerator is no part of its denominator.
 */
export function groupFigures(group: MeasureGroup, rows: RowCounts = nobody): GroupFigures {
  const defined = (population: PopulationCode): number | null =>
    group.populations.includes(population) ? rows[population] : null;
  const isProportion = group.scoring === 'proportion';
  const performanceDenominator = isProportion ? rows['performance-denominator'] : null;
  const performanceNumerator = isProportion ? rows['performance-numerator'] : null;
  return {
    counts: {
      initialPopulation: rows['initial-population'],
      denominator: defined('denominator'),
      denominatorExclusion: defined('denominator-exclusion'),
      denominatorException: defined('denominator-exception'),
      numerator: defined('numerator'),
      numeratorExclusion: defined('numerator-exclusion'),
      measurePopulation: defined('measure-population'),
      measurePopulationExclusion: defined('measure-population-exclusion'),
      performanceDenominator,
      performanceNumerator,
    },
    performanceRate: rateOf(performanceNumerator, performanceDenominator),
    openGaps: rows['open-gap'],
  };
}

export function rateOf(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || !denominator ? null : numerator / denominator;
}

/** How many patients the panel has. */
export async function countPatients(connection: Connection, { scope, filter }: Panel): Promise<number> {
  const parameters = new Parameters();
  const row = await connection.first<{ patients: number }>(
    `select count(*) as patients from patient as p where ${panelCondition('p', scope, filter, parameters)}`,
    parameters.values,
  );
  return row?.patients ?? 0;
}

/** How many patients of the panel a measure could not be evaluated for. */
export async function countNotEvaluated(
  connection: Connection,
  { scope, filter }: Panel,
  measureId: string,
): Promise<number> {
  const parameters = new Parameters();
  const row = await connection.first<{ patients: number }>(
    `select count(*) as patients
    from not_evaluated as n
    inner join patient as p using (pid)
    where n.measure_id = ${parameters.bind(measureId)} and ${panelCondition('p', scope, filter, parameters)}`,
    parameters.values,
  );
  return row?.patients ?? 0;
}
