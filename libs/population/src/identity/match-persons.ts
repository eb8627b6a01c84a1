import { installFunctions, type Connection } from '@catchment/warehouse';
import { writeCandidates } from './candidate-pairs';
import { comparePairs } from './compare-pairs';
import { Components } from './components';
import type { IdentityRule } from './identity-rule';
import { writeRecords } from './patient-records';
import { writeStatements } from './write-statements';

/** What comparing all records found. */
export interface MatchReport {
  /** Records of all sources, and how many of them are test patients, who are compared with nobody. */
  records: number;
  testRecords: number;
  /** Pairs that were compared. */
  compared: number;
  same: number;
  review: number;
  /** Keys that too many records share to be a clue. */
  skippedKeys: number;
}

/**
 * Compares all records of the warehouse, set-based, and replaces `identity.pair`. Who is one person is decided
 * afterwards, together with people's decisions (`settlePersons`). The typed table of Patient holds `modelDemand`.
 */
export async function matchPersons(connection: Connection, rule: IdentityRule): Promise<MatchReport> {
  await installFunctions(connection, 'identity-');
  const { records, test } = await writeRecords(connection, rule);
  const skippedKeys = await writeCandidates(connection);
  await comparePairs(connection, rule);
  return connection.transaction(async () => {
    await connection.run('delete from identity.rule; delete from identity.pair');
    await connection.run('insert into identity.rule values ($1)', [JSON.stringify(rule)]);
    await connection.run(`insert into identity.pair
      select left_record, right_record, score, evidence, contradictions, verdict
      from temp.identity_compared where verdict <> 'different'`);
    const counted = await connection.first<Pick<MatchReport, 'compared' | 'same' | 'review'>>(`select
      (select count(*) from temp.identity_compared) as compared,
      count(*) filter (verdict = 'same') as same,
      count(*) filter (verdict = 'review') as review
      from identity.pair`);
    await addChains(connection, rule);
    await writeStatements(connection);
    for (const name of ['record', 'candidate', 'compared'])
      await connection.run(`drop table temp.identity_${name}`);
    return { records, testRecords: test, ...counted!, skippedKeys };
  });
}

/** Records of one chain that did not meet each other are compared too: the ends may contradict. */
async function addChains(connection: Connection, rule: IdentityRule): Promise<void> {
  const pairs = await connection.rows<{ left_record: string; right_record: string }>(
    `select left_record, right_record from identity.pair where verdict = 'same'
     union select left_record, right_record from identity.decision where verdict = 'same'`,
  );
  const chains = new Components();
  for (const { left_record, right_record } of pairs) chains.join(left_record, right_record);
  const members = chains
    .sets()
    .filter((set) => set.length > 2)
    .flatMap((set, chain) => set.map((record) => ({ chain, record })));
  if (members.length === 0) return;
  await connection.run(
    `create or replace temp table identity_candidate as
     with member as (
       select chain, pid
       from (select unnest(from_json($1, '[{"chain": "INTEGER", "record": "VARCHAR"}]'), recursive := true))
       join identity.record as record on record.record_id = record
     )
     select l.pid as left_pid, r.pid as right_pid
     from member as l join member as r on l.chain = r.chain and l.pid < r.pid`,
    [JSON.stringify(members)],
  );
  await comparePairs(connection, rule);
  await connection.run(`insert into identity.pair
    select left_record, right_record, score, evidence, contradictions, 'apart'
    from temp.identity_compared as compared
    where len(contradictions) > 0 and not exists (
      select 1 from identity.pair
      where pair.left_record = compared.left_record and pair.right_record = compared.right_record)`);
}
