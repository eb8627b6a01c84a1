import { quoteLiteral, type Connection } from './database';
import { dataState } from './typed-table';

/** Who looks again at patients with news only. */
export type NewsReader = 'survey' | 'units' | 'evaluation' | 'checks';

/** The patients whose data are not what a reader saw last. */
export interface PatientNews {
  /** Names the data that the reader saw last, as `now` names those of today; undefined when it saw none. */
  before: string | undefined;
  now: string;
  /** Patients of `newsOf` the reader: with other data, new, or gone. */
  patients: number;
  all: number;
  /** So few that it pays to look at them alone. */
  few: boolean;
}

/** Of so many patients with news on, looking at everybody costs about the same. */
const mostNews = 1 / 5;

/**
 * Finds the persons (`newsOf`) whose data are not those of the reader's last `keepNews`, by a hash of what the
 * registry says of the resources under their pid. Whatever changed them shows here: a load, a deletion, a correction, a
 * merge of records. Resources that are nobody's have no row.
 * @param among SQL relation with a `pid`: nobody else counts
 */
export async function readNews(
  connection: Connection,
  reader: NewsReader,
  among = 'identity.person',
): Promise<PatientNews> {
  await writeStates(connection);
  await connection.run(`
    create or replace temp table ${bare(statesOf(reader))} as
    select pid, state from temp.patient_state where pid in (select pid from ${among});
    create or replace temp table ${bare(newsOf(reader))} as
    select pid
    from ${statesOf(reader)} as now
    full join (select pid, state from ${seenBy(reader)}) as before using (pid)
    where now.state is distinct from before.state`);
  const counted = (await connection.first<{
    before: string | null;
    now: string;
    patients: number;
    all: number;
  }>(
    `select
      (select ${name} from ${seenBy(reader)}) as before,
      (select ${name} from ${statesOf(reader)}) as now,
      (select count(*) from ${newsOf(reader)}) as patients,
      (select count(*) from ${statesOf(reader)}) as all`,
  ))!;
  const { before, patients, all } = counted;
  return {
    ...counted,
    before: before ?? undefined,
    few: before !== null && patients <= all * mostNews,
  };
}

/** The reader has seen what `readNews` found; within a transaction with what came of it. */
export async function keepNews(connection: Connection, reader: NewsReader): Promise<void> {
  await connection.run(`delete from registry.patient_state where reader = ${quoteLiteral(reader)};
    insert into registry.patient_state select ${quoteLiteral(reader)}, pid, state from ${statesOf(reader)}`);
}

/** `temp.patient_state` (`pid, state`), one row per person; kept while the data are the same. */
async function writeStates(connection: Connection): Promise<void> {
  const settled = await connection.first<{ state: string }>('select state from identity.settled');
  const of = `${await dataState(connection)}; ${settled?.state ?? ''}`;
  await connection.run('create temp table if not exists patient_state_of (state varchar)');
  const written = await connection.first<{ state: string }>('select state from temp.patient_state_of');
  if (written?.state === of) return;
  await connection.run(`
    create or replace temp table patient_state as
    with
      own as (
        select pid, bit_xor(hash(rid, hash)) as state, count(*) as resources
        from registry.resource where pid is not null group by pid
      ),
      -- What two records state counts once: by a rule and its code, and by the elements that are stored.
      shared as (
        select hash((select list(made_by) from identity.settled),
          (select list((type, demand::varchar) order by type) from registry.demand)) as state
      )
    select record.person_pid as pid,
      hash(
        bit_xor(hash(record.pid, own.state, own.resources)),
        case when count(*) > 1 then (select state from shared) end
      ) as state
    from identity.record as record left join own on own.pid = record.pid
    group by record.person_pid;
    delete from temp.patient_state_of`);
  await connection.run('insert into temp.patient_state_of values ($1)', [of]);
}

const statesOf = (reader: NewsReader): string => `temp.state_for_${reader}`;

const bare = (table: string): string => table.replace(/^temp\./, '');

const seenBy = (reader: NewsReader): string =>
  `(select pid, state from registry.patient_state where reader = ${quoteLiteral(reader)})`;

/** SQL of the name of all states of a table; null of an empty one. */
const name = `case when count(*) > 0 then concat_ws(' ', count(*), bit_xor(hash(pid, state))) end`;

/** Name of the temp table (`pid`) of whom `readNews` found for a reader. */
export function newsOf(reader: NewsReader): string {
  return `temp.news_for_${reader}`;
}

/** SQL: the rows of a typed table that are of patients with news, or nobody's. */
export function rowsWithNews(table: string, reader: NewsReader): string {
  // Few rows are read as a whole.
  return `(select * from ${table} where rowid in (
    select rowid from ${table} where pid is null or pid in (select pid from ${newsOf(reader)})
  ))`;
}
