import { unitScale } from '@catchment/cql';
import { findElement, shapeOf, type Demand, type DemandNode } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';

/**
 * Binds the units of a connection for compiled SQL: the variable `cql_units`, read by the macros of
 * `sql/functions/cql-quantities.sql`, gets every given unit and every unit that the demanded quantities of the typed
 * tables have. A text that is no UCUM unit has no dimension: it compares with itself only.
 */
export async function bindUnits(
  connection: Connection,
  units: Iterable<string>,
  demand: Demand = {},
): Promise<void> {
  const all = new Set([...alwaysBound, ...units, ...(await unitsInData(connection, demand))]);
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

/** The distinct units of all quantities that a demand names. */
export async function unitsInData(connection: Connection, demand: Demand): Promise<Set<string>> {
  const selects = Object.entries(demand).flatMap(([type, node]) =>
    quantityPaths(node).map((path) => {
      const { sql, list } = valuesAt('t', type, path);
      return `select distinct ${list ? `unnest(${sql})` : sql} as unit from fhir.${quoteIdentifier(type)} as t`;
    }),
  );
  if (selects.length === 0) return new Set();
  const rows = await connection.rows<{ unit: string }>(
    `select distinct unit from (${selects.join(' union all ')}) where unit is not null order by unit`,
  );
  return new Set(rows.map((row) => row.unit));
}

/** Paths of elements with a value and a unit: quantities, whatever their profile. */
function quantityPaths(node: DemandNode, path: readonly string[] = []): string[][] {
  const own =
    'value' in node && ('unit' in node || 'code' in node)
      ? [[...path, ...('code' in node ? ['code'] : ['unit'])]]
      : [];
  const both = own.length > 0 && 'unit' in node && 'code' in node ? [[...path, 'unit']] : [];
  return [
    ...own,
    ...both,
    ...Object.entries(node).flatMap(([name, child]) => quantityPaths(child, [...path, name])),
  ];
}

/** SQL of the value at a path of a row or struct; of all values, as a list, where the path goes through lists. */
function valuesAt(
  base: string,
  type: string,
  path: readonly string[],
  depth = 0,
): { sql: string; list: boolean } {
  const [name, ...rest] = path;
  const at = `${base}.${quoteIdentifier(name!)}`;
  if (rest.length === 0) return { sql: at, list: false };
  const element = findElement(shapeOf(type), name!);
  const next = element && !element.choice ? element.types[0]! : alternativeType(name!);
  if (!element?.list) return valuesAt(at, next, rest, depth);
  const variable = `x${depth}`;
  const inner = valuesAt(variable, next, rest, depth + 1);
  const lists = `list_transform(coalesce(${at}, []), lambda ${variable}: ${inner.sql})`;
  return { sql: inner.list ? `flatten(${lists})` : lists, list: true };
}

/** `valueQuantity` is an alternative of a choice: its type is the end of its name. */
function alternativeType(property: string): string {
  return /[A-Z].*$/.exec(property)?.[0] ?? property;
}
