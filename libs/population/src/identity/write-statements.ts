import type { Connection } from '@catchment/warehouse';
import { statedRows } from '../persons/stated-rows';

/** Writes `identity.statement`: what the sources state of the records that are to be looked at side by side. */
export async function writeStatements(connection: Connection): Promise<void> {
  const ends = ['identity.pair', 'identity.decision'].flatMap((table) =>
    ['left_record', 'right_record'].map((column) => `select ${column} as record_id from ${table}`),
  );
  const telecom = (system: string): string =>
    `coalesce(list_sort(list_transform(list_filter(telecom, lambda t: t.system = '${system}' and t.value is not null), lambda t: t.value)), [])`;
  await connection.run(`delete from identity.statement;
    insert into identity.statement by name
    with
      patient as (${await statedRows(connection, 'Patient')}),
      named as (
        select *, coalesce(list_filter(name, lambda n: n.use = 'official')[1], name[1]) as main from patient
      )
    select
      record.record_id,
      main.family as family,
      array_to_string(main.given, ' ') as given,
      array_to_string(main.suffix, ' ') as suffix,
      "birthDate".lo::date as birth_date,
      gender as sex,
      ${telecom('phone')} as phones,
      ${telecom('email')} as emails,
      coalesce(list_transform(address, lambda a: concat_ws(', ', nullif(array_to_string(a.line, ' '), ''), a.city, a.state, a."postalCode")), []) as addresses,
      coalesce(list_sort(list_transform(list_filter(identifier, lambda i: i.value is not null), lambda i: concat_ws(' ', i.system, i.value))), []) as identifiers,
      resource.last_updated
    from named
    join identity.record as record using (pid)
    join registry.resource as resource using (rid)
    where record.record_id in (${ends.join(' union ')})`);
}
