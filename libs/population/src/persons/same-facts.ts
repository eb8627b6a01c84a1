import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { documentKey, keyedTypes, type Columns } from './document-key';
import { asideTable } from './stated-rows';

/** Code systems that sources share, best first: of the codings of a concept the best one is compared. */
const sharedSystems = [
  'http://loinc.org',
  'http://snomed.info/sct',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
  'http://hl7.org/fhir/sid/cvx',
  'http://hl7.org/fhir/sid/icd-10-cm',
  'http://www.cms.gov/Medicare/Coding/ICD10',
  'http://www.ama-assn.org/go/cpt',
];

/**
 * Finds the facts that several records of a person state (`identity.same_fact`): of each the one of the preferred
 * source is kept. What one record states twice stays twice.
 * Reads `temp.person_resource`, whose rows are set aside.
 */
export async function findSameFacts(connection: Connection, types: readonly string[]): Promise<void> {
  await writeCodes(connection);
  for (const type of keyedTypes.filter((each) => types.includes(each))) {
    const key = documentKey(type, await columnsOf(connection, type));
    if (key === undefined) continue;
    await connection.run(`insert into identity.same_fact
      with
        fact as (
          select keyed.*, person.pid, person.own_pid, person.rank
          from (select rid, ${key} as key from ${asideTable(type)}) as keyed
          join temp.person_resource as person using (rid)
        ),
        numbered as (
          select *, row_number() over (partition by pid, key, own_pid order by rid) as nth
          from fact where key is not null
        )
      select rid, kept_rid from (
        select rid, first_value(rid) over (partition by pid, key, nth order by rank, rid) as kept_rid from numbered
      )
      where rid <> kept_rid`);
  }
  await connection.run('drop table temp.fact_code; drop table temp.fact_code_list');
}

async function writeCodes(connection: Connection): Promise<void> {
  const systems = `[${sharedSystems.map(quoteLiteral).join(', ')}]`;
  await connection.run(`create or replace temp table fact_code as
    select key as concept_key, arg_min(code, preference) as best_code
    from (
      select key, concat_ws('|', coding.system, coding.code) as code,
        (coalesce(list_position(${systems}, coding.system), 99), coding.system, coding.code) as preference
      from (select key, unnest(codings) as coding from dictionary.concept)
    )
    group by key;
    create or replace temp table fact_code_list as
    select held.key as concept_key, list(code.best_code order by code.best_code)::varchar as best_code
    from (select key, unnest(concepts) as concept from dictionary.concept_list) as held
    join temp.fact_code as code on code.concept_key = held.concept
    group by held.key`);
}

async function columnsOf(connection: Connection, type: string): Promise<Columns> {
  const rows = await connection.rows<{ name: string; type: string }>(
    `select column_name as name, data_type as type from duckdb_columns()
     where database_name = current_database() and schema_name = 'aside' and table_name = $1`,
    [type],
  );
  return new Map(rows.map(({ name, type: duckdbType }) => [name, duckdbType]));
}
