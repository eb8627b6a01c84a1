import type { Connection } from '@catchment/warehouse';
import systems from './code-systems.json';

/** More than anybody would map by hand; the ranking puts those that matter first. */
const ranked = 1000;
/** Jaro-Winkler similarity from which two texts are shown side by side; people decide. */
const similar = 0.92;

/**
 * Ranks, by patients, the codes of types that measures look for by value set and that are in no value set and no code
 * of any measure, with the code that each may mean. Writes `quality.unmapped_code` and `quality.unmapped_reach`.
 */
export async function writeUnmapped(connection: Connection): Promise<void> {
  await connection.run('delete from quality.unmapped_code; delete from quality.unmapped_reach');
  try {
    await readConcepts(connection);
    await findUnmapped(connection);
    await suggestTargets(connection);
    await countCodes(connection);
    await writeReach(connection);
  } finally {
    for (const table of [
      'used_concept',
      'known_code',
      'unknown_key',
      'system_alias',
      'unmapped',
      'suggestion',
      'listed_code',
      'has_code',
      'ranked_code',
      'wanted_set',
      'already_in',
      'having_code',
    ])
      await connection.run(`drop table if exists temp.${table}`);
  }
}

/**
 * `temp.used_concept(type, concept, key, listed)`: the concepts of types that measures look for by value set, and the
 * keys of `quality.code_use` that mean them: their own, and of every list that they are in.
 */
async function readConcepts(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table used_concept as
    with used as (
      select distinct type, key, listed from quality.code_use
      where type in (select type from results.retrieve where canonical is not null)
    )
    select type, key as concept, key, listed from used where not listed
    union
    select used.type, unnest(list.concepts), used.key, used.listed
    from used join dictionary.concept_list as list using (key)
    where used.listed`);
}

async function findUnmapped(connection: Connection): Promise<void> {
  // Names differ in case, scheme, www and a slash at the end only: a system is looked up without them.
  await connection.run(`create or replace temp macro quality_system_name(name) as
    regexp_replace(regexp_replace(lower(trim(name)), '^(urn:oid:|https?://)(www\\.)?', ''), '/+$', '')`);
  await connection.run(
    `create or replace temp table system_alias as
     select distinct quality_system_name(alias) as name, system -- some aliases differ in case only
     from (select unnest(from_json($1, '[{"alias": "VARCHAR", "system": "VARCHAR"}]'), recursive := true))`,
    [
      JSON.stringify(
        Object.entries(systems).flatMap(([system, aliases]) =>
          [system, ...aliases].map((alias) => ({ alias, system })),
        ),
      ),
    ],
  );
  await connection.run(`create or replace temp table known_code as
    select known.system, known.code, coalesce(min(published.display), min(said.display)) as display,
      min(said.display) as said,
      upper(ltrim(regexp_replace(known.code, '[\\s.\\-]', '', 'g'), '0')) as plain
    from (
      select value_set_code.system, value_set_code.code
      from terminology.value_set_code as value_set_code
      where value_set_code.vs_id in (select vs_id from terminology.current_value_set)
      union
      select system, code from results.retrieve where code is not null
    ) as known
    left join dictionary.display as said on said.system = known.system and said.code = known.code
    left join terminology.code_display as published
      on published.system = known.system and published.code = known.code
    group by all`);
  await connection.run(`create or replace temp table unknown_key as -- a concept that is in a value set by one of its codings needs no other
    with coded as (select key, unnest(codings) as coding from dictionary.concept)
    select key from dictionary.concept
    where key not in (select key from terminology.member)
      and key not in (
        select coded.key from coded
        join temp.known_code as known
          on known.system is not distinct from coded.coding.system and known.code = coded.coding.code
      )`);
  await connection.run(`create or replace temp table unmapped as
    with unknown as (
      select key, coding
      from (select key, unnest(codings) as coding from dictionary.concept where key in (select key from temp.unknown_key))
      where coding.code is not null
        and (coalesce(coding.system, ''), coding.code) not in (
          select (system, code) from terminology.code_mapping
        )
    )
    select used.type, unknown.coding.system as system, unknown.coding.code as code, min(display.display) as display
    from (select distinct type, concept from temp.used_concept) as used
    join unknown on unknown.key = used.concept
    left join dictionary.display as display
      on display.system is not distinct from unknown.coding.system and display.code = unknown.coding.code
    group by used.type, unknown.coding.system, unknown.coding.code`);
}

async function suggestTargets(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table suggestion as
    with
      named as (
        select unmapped.*, coalesce(alias.system, unmapped.system) as meant_system, alias.system is null as is_local,
          upper(ltrim(regexp_replace(unmapped.code, '[\\s.\\-]', '', 'g'), '0')) as plain
        from temp.unmapped as unmapped
        left join temp.system_alias as alias on alias.name = quality_system_name(unmapped.system)
      ),
      by_code as (
        select named.type, named.system, named.code, known.system as target_system, known.code as target_code,
          known.display as target_display,
          case when known.code = named.code then 'other-system-name' else 'other-code-form' end as likeness,
          1.0 as similarity
        from named
        join temp.known_code as known on known.plain = named.plain and known.system = named.meant_system
        where known.plain <> ''
      ),
      by_published_display as (
        select named.type, named.system, named.code, known.system as target_system, known.code as target_code,
          known.display as target_display, 'same-display' as likeness, 1.0 as similarity
        from named
        join temp.known_code as known on lower(known.display) = lower(named.display) and named.is_local
      ),
      -- what the data themselves call codes, not every code that was ever published: each is compared with each;
      -- only codes that are not of a known system: two different codes of one system are two different things
      by_display as (
        select named.type, named.system, named.code, known.system as target_system, known.code as target_code,
          known.display as target_display,
          case when lower(known.said) = lower(named.display) then 'same-display' else 'similar-display' end as likeness,
          jaro_winkler_similarity(lower(known.said), lower(named.display)) as similarity
        from named
        join temp.known_code as known
          on known.said is not null and named.display is not null and named.is_local
          and jaro_winkler_similarity(lower(known.said), lower(named.display), ${similar}) >= ${similar}
      )
    select *
    from (
      select * from by_code
      union all by name select * from by_published_display
      union all by name select * from by_display
    )
    qualify row_number() over (
      partition by type, system, code
      order by likeness in ('other-system-name', 'other-code-form') desc, similarity desc, target_system, target_code
    ) = 1`);
}

/**
 * Of the codes that are something to put right: how many patients and resources have each, `temp.has_code` who. A code
 * in a concept that another of its codings puts into a value set is had, but not `unknown`.
 */
async function countCodes(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table listed_code as
    select row_number() over () as number, unmapped.type, unmapped.system, unmapped.code, unmapped.display,
      coalesce(suggestion.likeness, 'local-system') as likeness, suggestion.target_system, suggestion.target_code,
      suggestion.target_display, suggestion.similarity
    from temp.unmapped as unmapped
    left join temp.suggestion as suggestion
      on suggestion.type = unmapped.type and suggestion.system is not distinct from unmapped.system
      and suggestion.code = unmapped.code
    -- a code of a standard system, rightly written, that no measure asks for is nothing to put right
    where suggestion.likeness is not null
      or quality_system_name(coalesce(unmapped.system, '')) not in (select name from temp.system_alias)
      and coalesce(unmapped.system, '') not like 'http://terminology.hl7.org/%'
      and coalesce(unmapped.system, '') not like 'http://hl7.org/fhir/%'`);
  await connection.run(`create or replace temp table has_code as
    select said.number, used.pid, bool_or(said.unknown) as unknown,
      coalesce(sum(used.resources) filter (said.unknown), 0)::bigint as resources
    from (
      select listed.number, listed.type, concept.key, concept.listed,
        bool_or(coded.key in (select key from temp.unknown_key)) as unknown
      from (select key, unnest(codings) as coding from dictionary.concept) as coded
      join temp.listed_code as listed
        on listed.system is not distinct from coded.coding.system and listed.code = coded.coding.code
      join temp.used_concept as concept on concept.concept = coded.key and concept.type = listed.type
      group by all -- a concept may say one code twice
    ) as said
    join quality.code_use as used
      on used.key = said.key and used.type = said.type and used.listed = said.listed
    group by said.number, used.pid;
    create or replace temp table ranked_code as
    select listed.*, counted.patients, counted.resources
    from (
      select number, count(*) as patients, sum(resources)::bigint as resources
      from temp.has_code where unknown group by number
    ) as counted
    join temp.listed_code as listed using (number)
    order by counted.patients desc, listed.type, listed.system, listed.code
    limit ${ranked}`);
  await connection.run(`
    insert into quality.unmapped_code
    select type, system, code, display, patients, resources, likeness, target_system, target_code, target_display,
      similarity
    from temp.ranked_code
    order by patients desc, type, system, code`);
}

/**
 * Of each code and each value set that measures retrieve of its type: the patients whom the code would add, those who
 * have the code less those of them who are in the value set already. Who has a code and who is in a value set are sets
 * of bits, one per patient: the ranked codes and the value sets are few, and both sides may be everybody.
 */
async function writeReach(connection: Connection): Promise<void> {
  const pids = await connection.first<{ low: number | null; high: number | null }>(
    'select min(pid) as low, max(pid) as high from quality.code_use',
  );
  if (pids?.low == null) return;
  const bits = `bitstring_agg(used.pid, ${pids.low}, ${pids.high})`;
  await connection.run(`
    create or replace temp table wanted_set as
    select row_number() over () as number, type, canonical, vs_id
    from (
      select distinct retrieve.type, value_set.canonical, value_set.vs_id -- several measures ask for one value set
      from results.retrieve as retrieve
      join terminology.current_value_set as value_set using (canonical)
    );
    create or replace temp table already_in as
    select wanted.number, ${bits} as patients
    from (
      select distinct wanted.number, wanted.type, concept.key, concept.listed -- several codings, one concept
      from temp.wanted_set as wanted
      join terminology.member as member using (vs_id)
      join temp.used_concept as concept on concept.concept = member.key and concept.type = wanted.type
    ) as wanted
    join quality.code_use as used
      on used.key = wanted.key and used.type = wanted.type and used.listed = wanted.listed
    group by wanted.number;
    create or replace temp table having_code as
    select used.number, ${bits} as patients
    from temp.has_code as used semi join temp.ranked_code using (number)
    group by used.number;
    insert into quality.unmapped_reach
    select listed.type, listed.system, listed.code, wanted.canonical,
      bit_count(having_code.patients) - coalesce(bit_count(having_code.patients & already.patients), 0)
    from temp.ranked_code as listed
    join temp.having_code using (number)
    join temp.wanted_set as wanted on wanted.type = listed.type
    left join temp.already_in as already on already.number = wanted.number`);
}
