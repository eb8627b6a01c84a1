import { Defect } from '@catchment/platform';
import type { ConceptSite } from './concept-site';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import type { Shred } from './shred';
import { arrived, incoming, type ResourceBatch } from './stage-resources';

/** So many lines are named in a statement at most. */
const namedLines = 1_000;

/** A code that may be JSON of another kind: nothing is stored, the batch is to be looked at text by text. */
export class DoubtfulText extends Error {}

/**
 * Adds the concepts and concept lists of the staged batch that the dictionaries do not know yet, and displays.
 * A scan over the keys (integers) finds the new ones; only one resource for each of them is read again.
 * @param doubted such texts were looked at already.
 * @returns whether the dictionaries grew.
 * @throws DoubtfulText when a code looks like JSON and was not looked at.
 * @throws Defect when two different lists of codings have one key.
 */
export async function extendDictionaries(
  connection: Connection,
  batch: ResourceBatch,
  shredded: Shred,
  doubted: boolean,
): Promise<boolean> {
  if (shredded.conceptSites.length === 0) return false;
  await connection.run(`create or replace temp table sample_row as
    select distinct n from (${shredded.conceptSites.map(newKeys).join('\nunion all\n')})`);
  const found = await connection.first<{ n: number }>('select count(*) as n from temp.sample_row');
  if (!found?.n) return false;
  const lines = await connection.rows<{ line: number }>(`select distinct line from ${arrived}
    where n in (select n from temp.sample_row) limit ${namedLines + 1}`);
  // Named, few lines let most of the texts alone.
  const named =
    lines.length <= namedLines ? `where line in (${lines.map(({ line }) => line).join(', ')})` : '';
  await connection.run(`create or replace temp table sample as
    select from_json(json, ${quoteLiteral(shredded.structure)}) as j
    from (${batch.relation}) as arrived
    join (select file_id, line from ${arrived} where n in (select n from temp.sample_row)) as chosen
      using (file_id, line)
    ${named}`);
  await connection.run(`create or replace temp table found_list as ${union(shredded, 'list', codingLists)}`);
  await connection.run(`create or replace temp table found_concept as
    ${union(shredded, 'concept', (site) => `select unnest(${site.codings('j')}) as codings from temp.sample`)}
    union all
    select unnest(lists) as codings from temp.found_list`);
  if (!doubted && (await connection.first(doubtful))) throw new DoubtfulText();
  await insertConcepts(connection);
  await insertDisplays(connection);
  await connection.run(
    'drop table temp.sample_row; drop table temp.sample; drop table temp.found_list; drop table temp.found_concept',
  );
  return true;
}

const doubtful = `select 1 as doubtful from (select unnest(codings) as coding from temp.found_concept)
  where fhir_may_be_json(coding.system) or fhir_may_be_json(coding.code) limit 1`;

/** One staged row for each key of a site that its dictionary lacks. */
function newKeys({ kind, column, plain, keys }: ConceptSite): string {
  const value = quoteIdentifier(`.${column}`);
  const dictionary = kind === 'list' ? 'dictionary.concept_list' : 'dictionary.concept';
  const held = plain
    ? `select ${value} as key, rowid as n from ${incoming} where ${value} is not null`
    : `select unnest(${keys(value)}) as key, rowid as n from ${incoming} where ${value} is not null`;
  return `select min(n) as n from (${held}) as held
    where key is not null group by key having key not in (select key from ${dictionary})`;
}

function codingLists(site: ConceptSite): string {
  return `select unnest(${site.codings('j')}) as lists from temp.sample`;
}

/** The union over the sites of a kind; an empty relation of the right type when there is none. */
function union(shredded: Shred, kind: ConceptSite['kind'], select: (site: ConceptSite) => string): string {
  const coding = 'STRUCT(system VARCHAR, code VARCHAR, display VARCHAR)[]';
  const empty =
    kind === 'list'
      ? `select []::${coding}[] as lists where false`
      : `select []::${coding} as codings where false`;
  const sites = shredded.conceptSites.filter((site) => site.kind === kind);
  return [empty, ...sites.map(select)].join('\nunion all\n');
}

async function insertConcepts(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table new_concept as
    select distinct fhir_concept_key(codings) as key, fhir_codings(codings) as codings from temp.found_concept`);
  const clash = await connection.first(
    `select key from temp.new_concept group by key having count(*) > 1
     union all
     select key from temp.new_concept join dictionary.concept as known using (key)
     where new_concept.codings is distinct from known.codings`,
  );
  if (clash) throw new Defect('two different lists of codings have one concept key');
  await connection.run(`insert into dictionary.concept
    select key, codings from temp.new_concept where key not in (select key from dictionary.concept);
    drop table temp.new_concept;
    insert into dictionary.concept_list
    select key, any_value(concepts)
    from (
      select fhir_concept_list_key(concepts) as key, concepts
      from (select list_transform(lists, lambda codings: fhir_concept_key(codings)) as concepts from temp.found_list)
    )
    where key not in (select key from dictionary.concept_list)
    group by key`);
}

/** One display per code, for people: the first that was met stays. */
async function insertDisplays(connection: Connection): Promise<void> {
  await connection.run(`insert into dictionary.display
    select coding.system, coding.code, min(coding.display)
    from (select unnest(codings) as coding from temp.found_concept)
    where coding.display is not null and coding.code is not null and not exists (
      select 1 from dictionary.display as known
      where known.system is not distinct from coding.system and known.code = coding.code
    )
    group by all`);
}
