import { suppressSmallCells } from '@catchment/access';
import { panelCondition, Parameters, populationCondition } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { Stratum } from '../contract';
import type { Panel } from '../filters/panel.service';
import { ageBand } from './age-band';
import { rateOf } from './counts.query';
import type { MeasureGroup } from './group.query';

export interface Dimension {
  dimension: Stratum['dimension'];
  /** For the heading. */
  label: string;
  /** SQL texts of the member's id and of what it is called. */
  member: string;
  memberLabel: string;
}

export const dimensions: readonly Dimension[] = [
  named('site', 'Site', 'p.site_id', 'p.site_name', 'Not attributed'),
  named('payer', 'Payer', 'p.payer', 'p.payer', 'Unknown'),
  named('sex', 'Sex', 'p.sex', 'p.sex', 'Unknown'),
  { dimension: 'age_band', label: 'Age', member: ageBand('p'), memberLabel: ageBand('p') },
  named('race', 'Race', 'p.race', 'p.race', 'Unknown'),
  named('ethnicity', 'Ethnicity', 'p.ethnicity', 'p.ethnicity', 'Unknown'),
  named('language', 'Language', 'p.language', 'p.language', 'Unknown'),
];

function named(
  dimension: Stratum['dimension'],
  label: string,
  id: string,
  name: string,
  nobody: string,
): Dimension {
  return {
    dimension,
    label,
    member: `coalesce(${id}, '')`,
    memberLabel: `coalesce(${name}, ${id}, '${nobody}')`,
  };
}

interface Cell {
  dimension: string;
  memberId: string;
  label: string;
  denominator: number;
  numerator: number;
}

/**
 * The rate of each part of the panel, along each dimension. Small cells, and those they could be computed from, are
 * withheld: the total of the panel is known to the reader.
 */
export async function readStrata(
  connection: Connection,
  { scope, filter }: Panel,
  { measureId, groupId }: MeasureGroup,
): Promise<Stratum[]> {
  const parameters = new Parameters();
  const select = ({ dimension, member, memberLabel }: Dimension): string =>
    `select
        '${dimension}' as "dimension",
        ${member} as "memberId",
        any_value(${memberLabel}) as "label",
        count(*) as "denominator",
        count_if(${populationCondition('performance-numerator', 'r')}) as "numerator"
    from placed as r
    inner join patient as p using (pid)
    group by ${member}`;
  const cells = await connection.rows<Cell>(
    `with placed as materialized (
        select r.*
        from population_result as r
        where r.measure_id = ${parameters.bind(measureId)}
            and r.group_id = ${parameters.bind(groupId)}
            and ${panelCondition('r', scope, filter, parameters)}
            and ${populationCondition('performance-denominator', 'r')}
    )
    ${dimensions.map(select).join('\n    union all\n    ')}
    order by "label", "memberId"`,
    parameters.values,
  );
  return dimensions.map(({ dimension, label }) => ({
    dimension,
    label,
    members: suppressSmallCells(cells.filter((cell) => cell.dimension === dimension)).map((cell) => ({
      memberId: cell.memberId,
      label: cell.label,
      performanceDenominator: cell.denominator,
      performanceNumerator: cell.numerator,
      performanceRate: rateOf(cell.numerator, cell.denominator),
      suppressed: cell.suppressed,
    })),
  }));
}
