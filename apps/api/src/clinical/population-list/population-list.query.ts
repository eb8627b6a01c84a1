import {
  listedPopulations,
  panelCondition,
  Parameters,
  populationCondition,
  type ListedPopulation,
} from '@catchment/population';
import type { PopulationCode } from '../contract';
import type { Panel } from '../filters/panel.service';
import { gapEvidence, patientColumns } from '../lists/patient-columns';
import { searchCondition } from '../lists/search';
import type { MeasureGroup } from '../measure/group.query';

/** Which rows: a population of a group, within a panel, narrowed by a search. */
export interface PopulationQuestion {
  panel: Panel;
  group: Pick<MeasureGroup, 'measureId' | 'groupId'>;
  population: ListedPopulation;
  q?: string;
}

/** FHIR's populations; the others are made of them. */
export const populationCodes: readonly PopulationCode[] = listedPopulations.filter(
  (population): population is PopulationCode =>
    !population.startsWith('performance-') && !population.endsWith('-gap'),
);

export function columnOf(population: PopulationCode): string {
  return population.replaceAll('-', '_');
}

/**
 * The rows behind a number. Counts are made of the same condition on the same rows (measure/counts.query.ts), so that
 * a number and the total of its list are equal.
 * Aliases: `r` the population result, `p` its patient.
 */
export function populationRows({ panel, group, population, q }: PopulationQuestion): {
  from: string;
  where: string;
  parameters: Parameters;
} {
  const parameters = new Parameters();
  const measure = parameters.bind(group.measureId);
  const groupId = parameters.bind(group.groupId);
  const condition = populationCondition(population, 'r');
  const rows = population.endsWith('-gap')
    ? onePerPatient(measure, groupId)
    : `select * from population_result where measure_id = ${measure} and group_id = ${groupId}`;
  return {
    from: `(${rows}) as r
    inner join patient as p on p.pid = r.pid`,
    where: [
      condition,
      panelCondition('p', panel.scope, panel.filter, parameters),
      searchCondition('p', q, parameters),
    ].join(' and '),
    parameters,
  };
}

/** What is known of the rows beyond themselves: `g` the gap, `episode` the resource of an episode-based measure. */
export const populationJoins = `left join care_gap as g
        on g.pid = r.pid and g.measure_id = r.measure_id and g.group_id = r.group_id
    left join resource as episode on episode.rid = r.episode_rid and episode.pid = r.pid`;

/** Gaps are the patient's: the episodes of a patient are one row. */
function onePerPatient(measure: string, groupId: string): string {
  return `select
        measure_id,
        group_id,
        pid,
        null::bigint as episode_rid,
        any_value(gap_status) as gap_status,
        ${populationCodes.map((code) => `bool_or(${columnOf(code)}) as ${columnOf(code)}`).join(', ')}
    from population_result
    where measure_id = ${measure} and group_id = ${groupId}
    group by measure_id, group_id, pid`;
}

/** A `PopulationListRow`. */
export const populationListColumns = `${patientColumns('p')},
        episode.id as "episodeId",
        list_filter([
            ${populationCodes.map((code) => `case when r.${columnOf(code)} then '${code}' end`).join(', ')}
        ], lambda code: code is not null) as "populations",
        ${gapEvidence('g')} as "gap"`;
