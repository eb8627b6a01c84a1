import type { Connection } from '@catchment/warehouse';

/** More records than this with one key are no clue to anybody: a clinic's own number, an address of a home. */
const largestBlock = 100;

/** What two records have to share to be compared; each reads `temp.identity_record`. */
const keys = [
  `select pid, 'number|' || n.kind || '|' || n.number as key from (select pid, unnest(person_numbers) as n from temp.identity_record)`,
  `select pid, 'local|' || source || '|' || n as key from (select pid, source, unnest(local_numbers) as n from temp.identity_record)`,
  // every name that a record has, in either place: a maiden name, given and family name swapped
  `select distinct pid, 'birth|' || birth_date || '|' || name as key
   from (select pid, birth_date, unnest(list_concat(families, givens)) as name from temp.identity_record)`,
  `select pid, 'phone|' || phone || '|' || left(given, 3) as key from (select pid, given, unnest(phones) as phone from temp.identity_record)`,
  `select pid, 'email|' || email as key from (select pid, unnest(emails) as email from temp.identity_record)`,
  // a birth date that is missing or mistyped
  `select pid, 'name|' || least(family, given) || '|' || greatest(family, given) || '|' || postal as key
   from (select pid, family, given, unnest(postal_codes) as postal from temp.identity_record)`,
];

/**
 * Writes `temp.identity_candidate` (`left_pid, right_pid`): the pairs of records that are worth comparing. Records meet
 * by equal keys only, never all with all.
 * @returns how many keys were left out because too many records have them.
 */
export async function writeCandidates(connection: Connection): Promise<number> {
  await connection.run(`create or replace temp table identity_key as
    select pid, key from (${keys.join('\nunion all\n')}) where key is not null;
    create or replace temp table identity_block as
      select key, count(*) as records from temp.identity_key group by key having count(*) > 1`);
  await connection.run(`create or replace temp table identity_candidate as
    select distinct -- pairs that share several keys
      l.pid as left_pid, r.pid as right_pid
    from (select pid, key from temp.identity_key semi join (from temp.identity_block where records <= ${largestBlock}) using (key)) as l
    join (select pid, key from temp.identity_key) as r on r.key = l.key and l.pid < r.pid
    union
    select least(record.pid, other.pid), greatest(record.pid, other.pid)
    from (select pid, source, unnest(links) as id from temp.identity_record) as record
    join identity.record as other on other.source = record.source and other.id = record.id
    where record.pid <> other.pid`);
  const skipped = await connection.first<{ n: number }>(
    `select count(*) as n from temp.identity_block where records > ${largestBlock}`,
  );
  await connection.run('drop table temp.identity_key; drop table temp.identity_block');
  return skipped!.n;
}
