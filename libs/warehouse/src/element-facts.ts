import type { DemandNode, ElementFact, ElementFacts } from '@catchment/fhir';
import { quoteIdentifier, type Connection } from './database';
import { resolveProperty, type Property } from './resolve-property';
import { keepNews, readNews, rowsWithNews } from './patient-news';
import { dataState, readDemand, typedTable } from './typed-table';

/**
 * What is known of the elements of the typed tables, from `registry.element`. A survey reads every column once; after
 * a load it reads the rows of the patients with news only, where they are few: what was true of all and is true of
 * these is true of all.
 */
export async function readElementFacts(connection: Connection): Promise<ElementFacts> {
  const now = await dataState(connection);
  const made = await connection.first<{ state: string; demand: string | null }>(
    'select state, demand from registry.element_state',
  );
  if (made?.state !== now) await surveyElements(connection, now, made?.demand ?? undefined);
  const rows = await connection.rows<ElementFact & { path: string }>(
    'select path, absent, exact, daily, utc, unique_id as "uniqueId" from registry.element',
  );
  return new Map(rows.map(({ path, ...fact }) => [path, fact]));
}

/** @param before the demand of the last survey */
async function surveyElements(connection: Connection, state: string, before?: string): Promise<void> {
  const demand = await readDemand(connection);
  const asked = JSON.stringify(demand);
  const news = await readNews(connection, 'survey');
  const some = news.few && before === asked;
  await connection.run('create or replace temp table surveyed as from registry.element limit 0');
  for (const [type, node] of Object.entries(demand)) {
    const table = typedTable(type);
    await connection.run(surveyType(type, node, some ? rowsWithNews(table, 'survey') : table));
  }
  await connection.transaction(async () => {
    await connection.run(
      some
        ? `update registry.element as element
           set absent = element.absent and surveyed.absent, exact = element.exact and surveyed.exact,
             daily = element.daily and surveyed.daily, utc = element.utc and surveyed.utc,
             unique_id = element.unique_id and surveyed.unique_id -- of one patient: he has news or is as he was
           from temp.surveyed as surveyed where surveyed.path = element.path`
        : 'delete from registry.element; insert into registry.element by name from temp.surveyed',
    );
    await connection.run('delete from registry.element_state');
    await connection.run('insert into registry.element_state (state, demand) values ($1, $2)', [
      state,
      asked,
    ]);
    await keepNews(connection, 'survey');
  });
  await connection.run('drop table temp.surveyed');
}

/** One element: its SQL is null in a row exactly when the row has no value of it. */
interface Site {
  path: string;
  sql: string;
  /** A date, dateTime or time that stands outside lists: `lo`, `hi` and, for a dateTime, `zone` can be asked for. */
  date?: 'zoned' | 'plain';
}

/** @param rows SQL relation: the typed table or some of its rows */
function surveyType(type: string, node: DemandNode, rows: string): string {
  const sites: Site[] = [{ path: type, sql: 'rid' }, ...sitesOf(type, node, type, undefined, 0)];
  const facts = sites.map(({ path, sql, date }) => {
    const exact = date ? `count(*) filter (${sql}.lo <> ${sql}.hi) = 0` : 'false';
    const day = (bound: string): string =>
      date === 'zoned' ? `(${sql}.${bound} + to_minutes(${sql}.zone))::date` : `${sql}.${bound}::date`;
    const daily = date ? `count(*) filter (${day('lo')} <> ${day('hi')}) = 0` : 'false';
    const utc = date === 'zoned' ? `count(*) filter (${sql}.zone <> 0) = 0` : 'false';
    const unique = path === `${type}.id` ? 'count(*) = count(distinct {pid: pid, id: id})' : 'false';
    return `{path: '${path}', absent: count(${sql}) = 0, exact: ${exact}, daily: ${daily}, utc: ${utc}, unique_id: ${unique}}`;
  });
  return `insert into temp.surveyed by name
    select unnest([${facts.join(',\n')}], recursive := true) from ${rows}`;
}

/** @param holder SQL of the struct that holds the elements; undefined for the columns of a table */
function sitesOf(
  type: string,
  node: DemandNode,
  path: string,
  holder: string | undefined,
  depth: number,
): Site[] {
  return Object.entries(node).flatMap(([name, children]) => {
    const property = resolveProperty(type, name);
    const sql = member(holder, name);
    const under = sitesUnder(property, children, `${path}.${name}`, { holder, sql }, depth);
    // A struct of which nothing is demanded is not stored.
    if (property.form === 'struct' && under.length === 0) return [];
    return [{ path: `${path}.${name}`, sql, ...(depth === 0 && dateForm(property)) }, ...under];
  });
}

function sitesUnder(
  property: Property,
  children: DemandNode,
  path: string,
  { holder, sql }: { holder: string | undefined; sql: string },
  depth: number,
): Site[] {
  if (Object.keys(children).length === 0) return [];
  if (property.form !== 'struct') {
    // What stands under a concept or a primitive is a column or field beside it, with a dotted name.
    const dotted = Object.keys(children).map((name) => `${property.name}.${name}`);
    return dotted.map((name) => ({
      path: `${path}.${name.slice(property.name.length + 1)}`,
      sql: member(holder, name),
    }));
  }
  if (!property.list) return sitesOf(property.type, children, path, sql, depth);
  const variable = `x${depth}`;
  return sitesOf(property.type, children, path, variable, depth + 1).map((site) => ({
    path: site.path,
    sql: `list_any_value(list_transform(${sql}, lambda ${variable}: ${site.sql}))`,
  }));
}

function member(holder: string | undefined, name: string): string {
  return holder === undefined ? quoteIdentifier(name) : `${holder}.${quoteIdentifier(name)}`;
}

function dateForm({ form, list }: Property): Pick<Site, 'date'> {
  if (list) return {};
  if (form === 'dateTime') return { date: 'zoned' };
  return form === 'date' || form === 'time' ? { date: 'plain' } : {};
}
