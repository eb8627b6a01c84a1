import { findElement, shapeOf, type Demand, type DemandNode } from '@catchment/fhir';
import {
  dataState,
  keepNews,
  quoteIdentifier,
  readDemand,
  readNews,
  rowsWithNews,
  typedTable,
  type Connection,
} from '@catchment/warehouse';

/** Does a demand name a quantity? */
export function hasQuantities(demand: Demand): boolean {
  return Object.values(demand).some((node) => unitPaths(node).length > 0);
}

/**
 * The units of all quantities in the typed tables, from `dictionary.unit`, which is made anew after a new demand, and to
 * which a load adds those of the patients with news: looking for them reads every quantity. A unit that nobody has any
 * more may stay, which costs nothing.
 */
export async function unitsInData(connection: Connection): Promise<string[]> {
  const now = await dataState(connection);
  const made = await connection.first<{ state: string; demand: string | null }>(
    'select state, demand from dictionary.unit_state',
  );
  if (made?.state !== now) await findUnits(connection, now, made?.demand ?? undefined);
  const rows = await connection.rows<{ unit: string }>('select unit from dictionary.unit order by unit');
  return rows.map(({ unit }) => unit);
}

/** @param before the demand that the known units are of */
async function findUnits(connection: Connection, state: string, before?: string): Promise<void> {
  const demand = await readDemand(connection);
  const asked = JSON.stringify(demand);
  const news = await readNews(connection, 'units');
  const some = news.few && before === asked;
  const units = unitQuery(demand, (table) => (some ? rowsWithNews(table, 'units') : table));
  await connection.transaction(async () => {
    if (!some) await connection.run('delete from dictionary.unit');
    if (units)
      await connection.run(`insert into dictionary.unit ${units} except select unit from dictionary.unit`);
    await connection.run('delete from dictionary.unit_state');
    await connection.run('insert into dictionary.unit_state (state, demand) values ($1, $2)', [state, asked]);
    await keepNews(connection, 'units');
  });
}

/** The distinct units of all quantities that a demand names; undefined when it names none. */
function unitQuery(demand: Demand, rowsOf: (table: string) => string): string | undefined {
  const selects = Object.entries(demand).flatMap(([type, node]) =>
    Object.entries(node).flatMap(([name, child]) => {
      const paths = unitPaths({ [name]: child }).map((path) => valuesAt('t', type, path));
      const from = `from ${rowsOf(typedTable(type))} as t where t.${quoteIdentifier(name)} is not null`;
      const single = paths
        .filter(({ list }) => !list)
        .map(({ sql }) => `select distinct ${sql} as unit ${from}`);
      // A column of lists is read as a whole: once for all its quantities.
      const lists = paths.filter(({ list }) => list).map(({ sql }) => sql);
      return lists.length === 0
        ? single
        : [...single, `select distinct unnest(flatten([${lists.join(', ')}])) as unit ${from}`];
    }),
  );
  if (selects.length === 0) return undefined;
  return `select distinct unit from (${selects.join(' union all ')}) where unit is not null`;
}

/** Paths of the units of elements with a value and a unit or its code: quantities, whatever their profile. */
function unitPaths(node: DemandNode, path: readonly string[] = []): string[][] {
  const own = 'value' in node ? ['unit', 'code'].filter((name) => name in node) : [];
  return [
    ...own.map((name) => [...path, name]),
    ...Object.entries(node).flatMap(([name, child]) => unitPaths(child, [...path, name])),
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
  const lists = `list_transform(${at}, lambda ${variable}: ${inner.sql})`;
  return { sql: inner.list ? `flatten(${lists})` : lists, list: true };
}

/** `valueQuantity` is an alternative of a choice: its type is the end of its name. */
function alternativeType(property: string): string {
  return /[A-Z].*$/.exec(property)?.[0] ?? property;
}
