import type { Connection } from '@catchment/warehouse';
import { groupRecords, type Groups, type RecordPair } from './group-records';

/** A decision of people about two records, which the matcher never overrides. */
export interface IdentityDecision extends RecordPair {
  verdict: 'same' | 'apart';
}

/** Makes the warehouse know what people decided, as PostgreSQL has it. */
export async function writeDecisions(
  connection: Connection,
  decisions: readonly IdentityDecision[],
): Promise<void> {
  await connection.transaction(async () => {
    await connection.run('delete from identity.decision');
    await connection.run(
      `insert into identity.decision
       select least("left", "right"), greatest("left", "right"), verdict
       from (select unnest(from_json($1, '[{"left": "VARCHAR", "right": "VARCHAR", "verdict": "VARCHAR"}]'), recursive := true))`,
      [JSON.stringify(decisions.map(({ left, right, verdict }) => ({ left, right, verdict })))],
    );
  });
}

/**
 * Writes `identity.link` anew, out of pairs, decisions and the records that there are: the same three, the same
 * persons. A person has the pid of the record that was there first.
 */
export async function linkRecords(connection: Connection): Promise<Groups> {
  const pairs = async (query: string): Promise<RecordPair[]> =>
    connection.rows<{ left: string; right: string } & RecordPair>(
      `select left_record as "left", right_record as "right" from ${query}
       and left_record in (select record_id from identity.record)
       and right_record in (select record_id from identity.record) order by all`,
    );
  const groups = groupRecords({
    same: await pairs(`identity.pair where verdict = 'same'`),
    contradicting: await pairs('identity.pair where len(contradictions) > 0'),
    decidedSame: await pairs(`identity.decision where verdict = 'same'`),
    decidedApart: await pairs(`identity.decision where verdict = 'apart'`),
  });
  await connection.run('delete from identity.link');
  const members = groups.persons.flatMap((records, person) => records.map((record) => ({ person, record })));
  await connection.run(
    `insert into identity.link
     select own_pid, pid from (
       select record.pid as own_pid, min(record.pid) over (partition by member.person) as pid
       from (select unnest(from_json($1, '[{"person": "INTEGER", "record": "VARCHAR"}]'), recursive := true)) as member
       join identity.record as record on record.record_id = member.record
     )
     where own_pid <> pid`,
    [JSON.stringify(members)],
  );
  return groups;
}
