import type { Connection } from '@catchment/warehouse';
import { Place } from '../definition/place';
import { summarizeGroup, type GroupSummary } from '../populations/counts';
import { groupStatements } from '../populations/group-sql';
import { defineOutputOf, observationOutputOf, type CompiledMeasure } from './compile-measure';

/** Writes the population results, observations and strata of a measure whose program has run, and counts them. */
export async function writePopulations(
  connection: Connection,
  measure: CompiledMeasure,
): Promise<GroupSummary[]> {
  const { definition } = measure;
  const summaries: GroupSummary[] = [];
  for (const group of definition.groups) {
    const statements = groupStatements({
      measureId: definition.id,
      group,
      place: Place.measure(definition.id).group(group.id),
      defineOutput: (define) => defineOutputOf(measure, define),
      observationOutput: (observed, of) => observationOutputOf(measure, observed, of),
    });
    for (const sql of statements) await connection.run(sql);
    summaries.push(await summarizeGroup(connection, definition.id, group));
  }
  return summaries;
}
