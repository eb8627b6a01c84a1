import type { Connection } from '@catchment/warehouse';

/** Whom the results of the last evaluation no longer fit. */
export interface PatientNews {
  /** Names the data that the standing results are of, as `now` will the next ones'; undefined before any evaluation. */
  before: string | undefined;
  now: string;
  /** Patients of `temp.news`: with other data than at the last evaluation, new, or gone. */
  patients: number;
  /** All who are evaluated. */
  population: number;
}

/**
 * Compares every patient's data with those of the last evaluation, by a hash of what the registry says of the resources
 * under the patient's pid: `temp.patient_state` (`pid, state`) and `temp.news` (`pid`). Whatever changed them, a load, a
 * deletion, a merge of records or a panel, shows here.
 */
export async function findNews(connection: Connection): Promise<PatientNews> {
  await connection.run(`
    create or replace temp table patient_state as
    with
      own as (
        select pid, bit_xor(hash(rid, hash)) as state, count(*) as resources
        from registry.resource where pid is not null group by pid
      ),
      -- What two records state counts once: by a rule, and by the elements that are stored.
      shared as (
        select hash((select list(rule::varchar) from identity.rule),
          (select list((type, demand::varchar) order by type) from registry.demand)) as state
      )
    select record.person_pid as pid,
      hash(
        bit_xor(hash(record.pid, own.state, own.resources)),
        case when count(*) > 1 then (select state from shared) end
      ) as state
    from identity.record as record left join own on own.pid = record.pid
    where record.person_pid in (select pid from registry.population)
    group by record.person_pid;
    create or replace temp table news as
    select pid
    from temp.patient_state as now full join results.patient_state as before using (pid)
    where now.state is distinct from before.state`);
  const counted = await connection.first<Omit<PatientNews, 'before'> & { before: string | null }>(`select
    (select ${nameOf} from results.patient_state) as before,
    (select ${nameOf} from temp.patient_state) as now,
    (select count(*) from temp.news) as patients,
    (select count(*) from temp.patient_state) as population`);
  return { ...counted!, before: counted!.before ?? undefined };
}

/** The results are of the states that `findNews` found, from now on. */
export async function keepStates(connection: Connection): Promise<void> {
  await connection.transaction(async () => {
    await connection.run(`delete from results.patient_state;
      insert into results.patient_state select pid, state from temp.patient_state;
      delete from results.evaluated
      where patients is distinct from (select ${nameOf} from results.patient_state)`);
  });
  await connection.run('drop table temp.patient_state; drop table temp.news');
}

/** SQL of the name of all states of a table; null of an empty one. */
const nameOf = `case when count(*) > 0 then concat_ws(' ', count(*), bit_xor(hash(pid, state))) end`;
