import { quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';
import type { GapEvidence, PopulationCode } from '../contract';
import { gapEvidence } from '../lists/patient-columns';
import { groupKey } from '../measure/counts.query';
import { columnOf, populationCodes } from '../population-list/population-list.query';

/** What a group found out about one patient; with several episodes, the populations of any. */
export interface GroupResult {
  populations: PopulationCode[];
  gap: GapEvidence | null;
}

/** By measure and group; a group whose initial population the patient is not in has no entry. */
export async function readGroupResults(
  connection: Connection,
  pid: number,
): Promise<Map<string, GroupResult>> {
  const rows = await connection.rows<GroupResult & { measureId: string; groupId: string }>(
    `with result as (
        select
            measure_id,
            group_id,
            ${populationCodes.map((code) => `bool_or(${columnOf(code)}) as ${columnOf(code)}`).join(', ')}
        from population_result
        where pid = $1
        group by measure_id, group_id
    ),

    gap as (select * from care_gap where pid = $1)

    select
        result.measure_id as "measureId",
        result.group_id as "groupId",
        list_filter([
            ${populationCodes.map((code) => `case when result.${columnOf(code)} then '${code}' end`).join(', ')}
        ], lambda code: code is not null) as "populations",
        ${gapEvidence('gap')} as "gap"
    from result
    left join gap
        on gap.measure_id = result.measure_id
        and gap.group_id = result.group_id`,
    [pid],
  );
  return new Map(rows.map((row) => [groupKey(row), { populations: row.populations, gap: row.gap }]));
}

/** The measures of these that were evaluated for the patient. */
export async function readEvaluated(
  connection: Connection,
  pid: number,
  measureIds: readonly string[],
): Promise<Set<string>> {
  if (measureIds.length === 0) return new Set();
  const selects = measureIds.map(
    (id) =>
      `select ${quoteLiteral(id)} as "measureId" from ${quoteIdentifier(`define_result_${id}`)} where pid = $1`,
  );
  const rows = await connection.rows<{ measureId: string }>(selects.join(' union all '), [pid]);
  return new Set(rows.map(({ measureId }) => measureId));
}
