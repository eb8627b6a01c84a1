import type { Source, SqlConfiguration } from '@catchment/store';
import { loadDatabase } from '../sql/load-database';
import { passwordOf } from '../sql/sql-password';
import { findingsOfDatabase } from './findings';
import type { PullOutcome, SourceSurroundings } from './pull-source';

/** Loads what a database has, or what changed there. @param folder for what is read */
export async function pullSql(
  { id, name }: Source,
  configuration: SqlConfiguration,
  { folder, since }: { folder: string; since: string | null },
  surroundings: SourceSurroundings,
): Promise<PullOutcome> {
  const password = await passwordOf(surroundings.store, id);
  const { allowsLoss } = surroundings;
  const request = { source: name, configuration, password, folder, since, allowsLoss };
  const report = await loadDatabase(request, surroundings);
  const { read, load } = report;
  const { loaded = {}, unchanged = 0, outdated = 0, quarantined = 0, deleted = 0 } = load ?? {};
  const unusable = Object.values(read.unusable).reduce((sum, count) => sum + count, 0);
  return {
    // A whole read of nothing is a wrong table, or a right that is missing, rather than a practice without patients.
    complete: since !== null || read.rows > 0,
    counts: { loaded, unchanged, outdated, quarantined: quarantined + unusable, deleted, files: 0 },
    findings: findingsOfDatabase(report, { isWhole: since === null, allowsLoss }),
    transactionTime: read.readAt,
    watermark: read.watermark,
  };
}
