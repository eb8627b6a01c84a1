import { Roster, type Store } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';
import { readRuleVersion } from '../rule-versions';
import { checkAttributionRule } from './attribution-rule';

/** Makes the warehouse know by which rule and rosters patients are attributed, as PostgreSQL has them. */
export async function writeAttribution(
  connection: Connection,
  dataSource: Store['dataSource'],
): Promise<void> {
  const version = await readRuleVersion(dataSource, 'attribution');
  const rosters = await dataSource.getRepository(Roster).find({ order: { importedAt: 'ASC', id: 'ASC' } });
  await connection.transaction(async () => {
    await connection.run('delete from attribution.rule; delete from attribution.roster');
    if (version) {
      const { steps, lookBackMonths, siteOf, topSite } = checkAttributionRule(version.rule);
      await connection.run(
        `insert into attribution.rule values ($1, from_json($2, '["VARCHAR"]'), $3, $4, $5)`,
        [version.version, JSON.stringify(steps), lookBackMonths, siteOf, topSite],
      );
    }
    for (const [index, { effectiveFrom, entries }] of rosters.entries()) {
      await connection.run(
        `insert into attribution.roster
         select $1, $2::date, record, provider, site
         from (select unnest(from_json($3, '[{"record": "VARCHAR", "provider": "VARCHAR", "site": "VARCHAR"}]'), recursive := true))`,
        [index + 1, effectiveFrom, JSON.stringify(entries)],
      );
    }
  });
}
