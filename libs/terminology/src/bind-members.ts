import type { Connection } from '@catchment/warehouse';

/**
 * Brings `terminology.member` and `terminology.list_member` up to date: which concepts and lists of concepts that the
 * data contain have a code of which value set, their own or one that a mapping gives them. Systems and codes compare
 * exactly, as FHIR defines them. Costs one query when dictionaries, value sets and mappings are those of the last call.
 */
export async function bindMembers(connection: Connection): Promise<void> {
  const state = await connection.first<{ state: string }>(`
    select concat_ws(' ', concept.n, concept.keys, list.n, list.keys, mapping.hash) as state
    from (select count(*) as n, bit_xor(key) as keys from dictionary.concept) as concept,
      (select count(*) as n, bit_xor(key) as keys from dictionary.concept_list) as list,
      -- null, which concat_ws leaves out, where nothing is mapped
      (select bit_xor(hash(system, code, target_system, target_code)) as hash from terminology.code_mapping) as mapping`);
  const bound = await connection.first<{ state: string }>('select state from terminology.bound');
  if (bound?.state === state!.state) return;
  await connection.transaction(async () => {
    await connection.run('delete from terminology.member; delete from terminology.list_member');
    await connection.run(`insert into terminology.member
      select distinct value_set_code.vs_id, coding.key -- a concept may have several codings of one value set
      from (${codings}) as coding
      join terminology.value_set_code as value_set_code using (system, code)`);
    await connection.run(`insert into terminology.list_member
      select distinct member.vs_id, listed.key -- a list may have several concepts of one value set
      from (${listedConcepts}) as listed
      join terminology.member as member on member.key = listed.concept`);
    await connection.run('delete from terminology.bound');
    await connection.run('insert into terminology.bound values ($1)', [state!.state]);
  });
}

const ownCodings = `
  select key, coding.system as system, coding.code as code
  from (select key, unnest(codings) as coding from dictionary.concept)`;

/** `key, system, code`: one row per coding of a concept, and per code that people say one of them means. */
export const codings = `
  ${ownCodings}
  union
  select own.key, mapping.target_system, mapping.target_code
  from (${ownCodings}) as own
  join terminology.code_mapping as mapping
    on mapping.system = coalesce(own.system, '') and mapping.code = own.code`;

/** `key, concept`: one row per concept of a list. */
export const listedConcepts = 'select key, unnest(concepts) as concept from dictionary.concept_list';
