import type { Connection } from '@catchment/warehouse';
import type { MeasureReads } from './measure-inputs';

/** Takes from a table of schema `quality` the rows of these measures, and of those that have no results any more. */
export async function forgetMeasures(
  connection: Connection,
  table: string,
  measures: readonly MeasureReads[],
): Promise<void> {
  await connection.run(
    `delete from quality.${table}
     where measure_id in (select unnest(from_json($1, '["VARCHAR"]')))
       or measure_id not in (select measure_id from results.measure)`,
    [JSON.stringify(measures.map(({ measureId }) => measureId))],
  );
}
