import type { Connection } from '@catchment/warehouse';
import { Place } from '../definition/place';
import { groupStatements } from '../populations/group-sql';
import { defineOutputOf, observationOutputOf, type CompiledMeasure } from './compile-measure';

/** Writes the population results, observations and strata of a measure whose program has run. */
export async function writePopulations(connection: Connection, measure: CompiledMeasure): Promise<void> {
  const { definition } = measure;
  for (const group of definition.groups) {
    const statements = groupStatements({
      measureId: definition.id,
      group,
      place: Place.measure(definition.id).group(group.id),
      defineOutput: (define) => defineOutputOf(measure, define),
      observationOutput: (observed, of) => observationOutputOf(measure, observed, of),
    });
    for (const sql of statements) await connection.run(sql);
  }
}
