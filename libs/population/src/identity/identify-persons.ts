import { completeLoads, ensureDemand } from '@catchment/ingest';
import type { Store } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';
import { modelDemand } from '../demand';
import { settlePersons } from '../persons/settle-persons';
import { readRuleVersion } from '../rule-versions';
import { pairOf, readDecisions } from './decisions';
import { checkIdentityRule, defaultIdentityRule, type IdentityRule } from './identity-rule';
import { writeDecisions } from './link-records';
import { matchPersons, type MatchReport } from './match-persons';

/** What the matcher and people make of the records of all sources. */
export interface IdentifyReport {
  /** Undefined when nothing has changed since the records were compared. */
  match?: MatchReport;
  records: number;
  persons: number;
}

/**
 * Finds out who is one person: compares the records where patients or rule changed, takes what people decided, and
 * brings the typed tables in line. The same raw data, rule and decisions give the same persons.
 * @param force compare the records in any case
 */
export async function identifyPersons(
  connection: Connection,
  dataDir: string,
  dataSource: Store['dataSource'],
  force = false,
): Promise<IdentifyReport> {
  // Half a load is no population.
  await completeLoads(connection, dataDir);
  await ensureDemand(connection, dataDir, { Patient: modelDemand['Patient']! });
  const version = await readRuleVersion(dataSource, 'identity');
  const rule = version ? checkIdentityRule(version.rule) : defaultIdentityRule;
  await writeDecisions(connection, (await readDecisions(dataSource)).map(pairOf));
  const state = await matchState(connection, rule);
  const matched = await connection.first<{ state: string }>('select state from identity.matched');
  let match: MatchReport | undefined;
  if (force || matched?.state !== state) {
    match = await matchPersons(connection, rule);
    await connection.run('delete from identity.matched');
    await connection.run('insert into identity.matched values ($1)', [state]);
  }
  await settlePersons(connection);
  const counted = await connection.first<{ records: number; persons: number }>(`select
    (select count(*) from identity.record) as records, (select count(*) from identity.person) as persons`);
  return { ...(match && { match }), ...counted! };
}

async function matchState(connection: Connection, rule: IdentityRule): Promise<string> {
  const row = await connection.first<{ patients: string }>(`
    select concat_ws(' ', count(*), bit_xor(hash(source, id, hash)),
      (select hash(demand::varchar) from registry.demand where type = 'Patient')) as patients
    from registry.resource where type = 'Patient'`);
  // Decisions make chains whose ends are compared.
  const decided = await connection.first<{ state: string }>(
    `select concat_ws(' ', count(*), bit_xor(hash(left_record, right_record, verdict))) as state from identity.decision`,
  );
  return `${row!.patients} ${decided!.state} ${JSON.stringify(rule)}`;
}
