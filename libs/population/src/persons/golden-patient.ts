import { quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';
import { asideTable } from './stated-rows';

/** Elements that say one thing in two ways; they come from one source together. */
const together: Record<string, string> = {
  deceasedBoolean: 'deceased',
  deceasedDateTime: 'deceased',
  multipleBirthBoolean: 'multipleBirth',
  multipleBirthInteger: 'multipleBirth',
};

/**
 * The one Patient of each person of `temp.person_resource`: element by element what the preferred source says, else
 * what was updated last. A stated death counts against silence and "alive"; identifiers are those of all records,
 * extensions those of all records, each by the same rule. Which source an element comes from is written down in
 * `identity.golden_element`.
 */
export async function writeGoldenPatients(connection: Connection): Promise<void> {
  const columns = await connection.rows<{ name: string; list: boolean }>(
    `select column_name as name, ends_with(data_type, '[]') as list from duckdb_columns()
     where database_name = current_database() and schema_name = 'aside' and table_name = 'Patient'
       and column_name not in ('pid', 'rid', 'id') order by column_index`,
  );
  const groups = new Map<string, typeof columns>();
  for (const column of columns)
    groups.set(groupOf(column.name), [...(groups.get(groupOf(column.name)) ?? []), column]);
  const chosen = columns.map(({ name }) => {
    const column = quoteIdentifier(name);
    if (name === 'identifier')
      return `list_distinct(flatten(list(${column} order by preference))) as ${column}`;
    const { order, filter } = choiceOf(groups.get(groupOf(name))!);
    if (name === 'extension')
      return `list_filter(
        flatten(list(${column} order by ${order})),
        lambda e, i: list_position(list_transform(flatten(list(${column} order by ${order})), lambda x: x.url), e.url) = i
      ) as ${column}`;
    return `first(${column} order by ${order}) filter (${filter}) as ${column}`;
  });
  const stated = `(
    select stated.*, person.pid as person_pid, person.source,
      (person.priority, -epoch_us(coalesce(resource.last_updated, timestamp '0001-01-01')), -person.own_pid) as preference,
      person.own_pid
    from ${asideTable('Patient')} as stated
    join temp.person_resource as person using (rid)
    join registry.resource as resource using (rid)
  )`;
  await connection.run(`insert into fhir."Patient" by name
    select person_pid as pid, arg_min(rid, own_pid) as rid, arg_min(id, own_pid) as id${chosen.map((each) => `, ${each}`).join('')}
    from ${stated} group by person_pid`);
  for (const [element, members] of groups) {
    const { order, filter } = choiceOf(members);
    await connection.run(`insert into identity.golden_element
      select person_pid, ${quoteLiteral(element)}, first(source order by ${order})
      from ${stated} where ${filter} group by person_pid`);
  }
}

/** What stands under an element, or is another way to say it, goes with it. */
function groupOf(column: string): string {
  return together[column] ?? column.split('.')[0]!;
}

function choiceOf(members: readonly { name: string; list: boolean }[]): { order: string; filter: string } {
  const filled = members.map(({ name, list }) =>
    list ? `len(${quoteIdentifier(name)}) > 0` : `${quoteIdentifier(name)} is not null`,
  );
  const names = members.map(({ name }) => name);
  const death = [
    ...(names.includes('deceasedBoolean') ? ['coalesce("deceasedBoolean", false)'] : []),
    ...(names.includes('deceasedDateTime') ? ['"deceasedDateTime" is not null'] : []),
  ];
  const first = death.length > 0 ? `(${death.join(' or ')}) desc, ` : '';
  return { order: `${first}preference`, filter: filled.join(' or ') };
}
