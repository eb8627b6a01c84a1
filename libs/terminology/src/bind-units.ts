import { unitScale } from '@catchment/cql';
import type { Demand } from '@catchment/fhir';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { hasQuantities, unitsInData } from './units-in-data';

/**
 * Binds the units of a connection for compiled SQL: the variable `cql_units`, read by the macros of
 * `sql/functions/cql-quantities.sql`, gets every given unit and, where the demand has quantities, every unit that the
 * typed tables have. A text that is no UCUM unit has no dimension: it compares with itself only.
 */
export async function bindUnits(
  connection: Connection,
  units: Iterable<string>,
  demand: Demand = {},
): Promise<void> {
  const inData = hasQuantities(demand) ? await unitsInData(connection) : [];
  const all = new Set([...alwaysBound, ...units, ...inData]);
  const entries = [...all].sort().map((unit) => {
    const scale = unitScale(unit);
    const [dimension, factor, shift] = scale
      ? [quoteLiteral(scale.dimension), String(scale.factor), String(scale.shift)]
      : ['null', 'null', 'null'];
    return `${quoteLiteral(unit)}: {'dimension': ${dimension}, 'factor': ${factor}::double, 'shift': ${shift}::double}`;
  });
  await connection.run(`set variable cql_units = map {${entries.join(', ')}}`);
}

/** Calendar units, to which units of time of the data are turned, and the unit of plain numbers. */
const alwaysBound = ['1', 'year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];
