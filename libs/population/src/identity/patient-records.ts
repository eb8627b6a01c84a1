import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { filesHash, projectRoot } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { statedRows } from '../persons/stated-rows';
import type { IdentityRule } from './identity-rule';

/**
 * Writes `temp.identity_record`: one row per record that can be somebody, in normal forms. Records of test patients are
 * left out.
 * @returns how many records there are, and how many of them are test patients.
 */
export async function writeRecords(
  connection: Connection,
  rule: IdentityRule,
): Promise<{ records: number; test: number }> {
  await writeNormalForms(connection, rule);
  await connection.run(`create or replace temp table identity_record as
    select * exclude (hash, test) from identity.normal_form where not test`);
  const counted = await connection.first<{ records: number; test: number }>(
    'select count(*) as records, count(*) filter (test) as test from identity.normal_form',
  );
  return counted!;
}

/**
 * Brings `identity.normal_form` up to date: one row per record, in the normal forms of
 * `sql/functions/identity-normal-forms.sql`, of the Patient with that hash. Patients who are as they were keep theirs.
 */
async function writeNormalForms(connection: Connection, rule: IdentityRule): Promise<void> {
  const patients = await statedRows(connection, 'Patient');
  const state = formState(rule);
  const made = await connection.first<{ state: string }>('select state from identity.normal_form_state');
  await connection.transaction(async () => {
    if (made?.state !== state) {
      await connection.run(`create or replace table identity.normal_form as ${normalForms(patients, rule)};
        delete from identity.normal_form_state`);
      await connection.run('insert into identity.normal_form_state values ($1)', [state]);
      return;
    }
    await connection.run(`create or replace temp table identity_changed as
      select pid
      from (select pid, hash from registry.resource where type = 'Patient') as patient
      full join (select pid, hash from identity.normal_form) as form using (pid)
      where patient.hash is distinct from form.hash`);
    const changed = 'pid in (select pid from temp.identity_changed)';
    await connection.run(`delete from identity.normal_form where ${changed};
      insert into identity.normal_form
        ${normalForms(`select * from (${patients}) where ${changed}`, rule)};
      drop table temp.identity_changed`);
  });
}

/** What normal forms are made by: the rule's identifiers and the code. What is read of a Patient is always stored. */
function formState({ personIdentifiers }: IdentityRule): string {
  const code = filesHash([join(__dirname, '..'), join(projectRoot(), 'sql', 'functions')]);
  return createHash('sha256')
    .update(JSON.stringify([personIdentifiers, code]))
    .digest('hex');
}

/** SQL query of the normal forms of some rows of Patient. */
function normalForms(patients: string, rule: IdentityRule): string {
  return `
    with
      patient as (${patients}),
      kind as (${kindRows(rule)}),
      identifier as (select pid, unnest(identifier) as identifier from patient),
      person_identifier as (
        select pid, list({'kind': kind.kind, 'number': number} order by kind.kind, number) as numbers
        from (
          select distinct -- the same number under two names of its system
            identifier.pid, kind.kind, identity_number(kind.kind, identifier.identifier.value) as number
          from identifier join kind on kind.system = identifier.identifier.system
        ) as kind
        where number is not null
        group by pid
      ),
      local_identifier as (
        select pid, list(identifier.system || '|' || identifier.value order by identifier.value) as numbers
        from identifier
        where identifier.system not in (select system from kind) and identifier.value is not null
        group by pid
      ),
      named as (
        select *, coalesce(list_filter(name, lambda n: n.use = 'official')[1], name[1]) as main from patient
      )
    select
      resource.hash as hash,
      record.pid as pid,
      record.record_id as record_id,
      record.source as source,
      identity_is_test(main.family, main.given[1]) as test,
      identity_family(main.family) as family,
      identity_given(main.given[1]) as given,
      list_filter(list_transform(name, lambda n: identity_family(n.family)), lambda f: f is not null) as families,
      list_filter(list_transform(name, lambda n: identity_given(n.given[1])), lambda g: g is not null) as givens,
      coalesce(identity_generation(main.suffix[1]), identity_generation(main.family)) as generation,
      identity_birth_date("birthDate") as birth_date,
      case when gender in ('male', 'female') then gender end as sex,
      list_distinct(list_filter(list_transform(telecom, lambda t: case when t.system in ('phone', 'sms') then identity_phone(t.value) end), lambda t: t is not null)) as phones,
      list_distinct(list_filter(list_transform(telecom, lambda t: case when t.system = 'email' then identity_email(t.value) end), lambda t: t is not null)) as emails,
      list_distinct(list_filter(list_transform(address, lambda a: identity_address(a.line[1], a."postalCode")), lambda a: a is not null)) as addresses,
      list_distinct(list_filter(list_transform(address, lambda a: identity_postal(a."postalCode")), lambda p: p is not null)) as postal_codes,
      coalesce("multipleBirthBoolean", false) or "multipleBirthInteger" is not null as multiple_birth,
      "multipleBirthInteger" as birth_order,
      coalesce(person_identifier.numbers, []) as person_numbers,
      coalesce(local_identifier.numbers, []) as local_numbers,
      list_filter(
        list_transform(link, lambda l: case when l.type in ('replaced-by', 'replaces') then split_part(l.other.reference, '/', -1) end),
        lambda l: l is not null
      ) as links
    from named
    join identity.record as record using (pid)
    join registry.resource as resource using (rid)
    left join person_identifier using (pid)
    left join local_identifier using (pid)`;
}

function kindRows({ personIdentifiers }: IdentityRule): string {
  const rows = personIdentifiers.flatMap(({ kind, systems }) =>
    systems.map((system) => `(${quoteLiteral(kind)}, ${quoteLiteral(system)})`),
  );
  return rows.length > 0
    ? `select * from (values ${rows.join(', ')}) as kind(kind, system)`
    : 'select null::varchar as kind, null::varchar as system where false';
}
