import { elementsOf, findElement, isResourceType, primaryCodePath } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';

/** Dates that say when a resource happened, most telling first; periods by their start. */
const dateElements = [
  'effectiveDateTime',
  'effectiveInstant',
  'effectivePeriod',
  'performedDateTime',
  'performedPeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'onsetDateTime',
  'onsetPeriod',
  'authoredOn',
  'period',
  'recordedDate',
  'issued',
  'date',
  'created',
  'start',
];

/** Column names of a typed table with their DuckDB types. */
export type TypedColumns = ReadonlyMap<string, string>;

/**
 * Creates `staging.resource_header`: every typed clinical resource in one view of few columns, whatever elements
 * the loaded measures demanded (one row per resource: `rid, pid, type, id, status, at TIMESTAMP (UTC), day DATE,
 * concept, concept_list, value DOUBLE, unit, value_concept, value_label`). `day` is the day as it was stated, on the
 * clock of the place, which `at` need not be in.
 */
export async function createResourceHeader(connection: Connection): Promise<void> {
  const columns = await connection.rows<{ table_name: string; column_name: string; data_type: string }>(
    `select table_name, column_name, data_type from duckdb_columns()
     where schema_name = 'fhir' and database_name = current_database() order by table_name, column_index`,
  );
  const types = new Map<string, Map<string, string>>();
  for (const { table_name, column_name, data_type } of columns) {
    if (!isResourceType(table_name)) continue;
    if (!types.has(table_name)) types.set(table_name, new Map());
    types.get(table_name)!.set(column_name, data_type);
  }
  const selects = [...types].map(([type, table]) => resourceHeader(type, table));
  const empty = `select null::bigint as rid, null::integer as pid, null::varchar as type, null::varchar as id,
    null::varchar as status, null::timestamp as at, null::date as day, null::ubigint as concept,
    null::ubigint as concept_list, null::double as value, null::varchar as unit, null::ubigint as value_concept,
    null::varchar as value_label where false`;
  await connection.run(
    `create or replace view staging.resource_header as ${[...selects, empty].join('\nunion all\n')}`,
  );
}

/** The `select` of one type: only elements that its typed table has, the others null of the right type. */
export function resourceHeader(type: string, columns: TypedColumns): string {
  const code = codeColumn(type, columns);
  const list = code !== undefined && (findElement(type, code)?.list ?? false);
  const codeSql = code ? quoteIdentifier(code) : 'null::ubigint';
  const dates = dateElements.flatMap((element) => dateSql(element, columns.get(element)) ?? []);
  const quantity = quantitySql('"valueQuantity"', columns.get('valueQuantity'));
  return `select rid, pid, ${quoteLiteral(type)} as type, id,
    ${statusSql(columns)} as status,
    ${firstOf(dates.map(({ at }) => at)) ?? 'null::timestamp'} as at,
    (${firstOf(dates.map(({ clock }) => clock)) ?? 'null::timestamp'})::date as day,
    ${list ? 'null::ubigint' : codeSql} as concept,
    ${list ? codeSql : 'null::ubigint'} as concept_list,
    ${quantity.value} as value,
    ${quantity.unit} as unit,
    ${columns.has('valueCodeableConcept') ? '"valueCodeableConcept"' : 'null::ubigint'} as value_concept,
    ${labelSql(columns)} as value_label
  from fhir.${quoteIdentifier(type)}`;
}

/** A condition that was never there has no status of its own: its verification says that it was entered in error. */
function statusSql(columns: TypedColumns): string {
  if (columns.has('status')) return 'status';
  if (columns.get('verificationStatus') !== 'UBIGINT') return 'null::varchar';
  return `case when "verificationStatus" in (
      select key from dictionary.concept
      where list_contains(list_transform(codings, lambda coding: coding.code), 'entered-in-error')
    ) then 'entered-in-error' end`;
}

function codeColumn(type: string, columns: TypedColumns): string | undefined {
  const path = primaryCodePath(type);
  return path && elementsOf(type).includes(path)
    ? [path, `${path}CodeableConcept`].find((column) => columns.get(column) === 'UBIGINT')
    : undefined;
}

function firstOf(expressions: readonly string[]): string | undefined {
  return expressions.length > 0 ? `coalesce(${expressions.join(', ')})` : undefined;
}

/** Of an element the earliest instant (UTC) and the same on the clock of the place; a date has no offset. */
function dateSql(element: string, type: string | undefined): { at: string; clock: string } | undefined {
  const date = /^STRUCT\((.*"?start"? STRUCT\()?"?lo"? TIMESTAMP, "?hi"? TIMESTAMP(, "?zone"? )?/.exec(
    type ?? '',
  );
  if (!date) return undefined;
  const [, period, zone] = date;
  const stated = `${quoteIdentifier(element)}${period ? '."start"' : ''}`;
  const at = `${stated}.lo`;
  return { at, clock: zone ? `${at} + to_minutes(${stated}.zone)` : at };
}

function quantitySql(column: string, type: string | undefined): { value: string; unit: string } {
  const has = (field: string): boolean => type !== undefined && new RegExp(`[("\\s]${field}"? `).test(type);
  const units = ['unit', 'code'].filter(has).map((field) => `${column}."${field}"`);
  return {
    value: has('value') ? `${column}."value"::double` : 'null::double',
    unit: units.length > 0 ? `coalesce(${units.join(', ')})` : 'null::varchar',
  };
}

/** Texts of values that are neither quantity nor concept, and of components ("142/88 mmHg"). */
function labelSql(columns: TypedColumns): string {
  const labels = ['valueInteger', 'valueString', 'valueBoolean']
    .filter((column) => columns.has(column))
    .map((column) => `${quoteIdentifier(column)}::varchar`);
  const component = columns.get('component');
  if (component?.includes('valueQuantity')) {
    const quantity = quantitySql('part."valueQuantity"', component.slice(component.indexOf('valueQuantity')));
    if (!quantity.value.startsWith('null')) {
      const measured = `list_filter(component, lambda part: ${quantity.value} is not null)`;
      labels.push(`nullif(concat_ws(' ',
        nullif(array_to_string(list_transform(${measured}, lambda part: ${numberText(quantity.value)}), '/'), ''),
        list_transform(${measured}, lambda part: ${quantity.unit})[1]), '')`);
    }
  }
  return labels.length > 0 ? `coalesce(${labels.join(', ')})` : 'null::varchar';
}

/** A number as people write it: 142, 9.4. */
function numberText(sql: string): string {
  return `regexp_replace((${sql})::varchar, '\\.0$', '')`;
}
