import { RuleVersion, type RuleKind, type Store } from '@catchment/store';

/** The version of a rule that holds; undefined while nobody chose one. */
export async function readRuleVersion(
  dataSource: Store['dataSource'],
  kind: RuleKind,
): Promise<RuleVersion | undefined> {
  const [latest] = await dataSource
    .getRepository(RuleVersion)
    .find({ where: { kind }, order: { version: 'DESC' }, take: 1 });
  return latest;
}

/** Adds a version, which holds from the next evaluation on. */
export function setRule(
  dataSource: Store['dataSource'],
  kind: RuleKind,
  rule: object,
  { by, reason }: { by: string; reason: string },
): Promise<RuleVersion> {
  const versions = dataSource.getRepository(RuleVersion);
  return versions.save(versions.create({ kind, rule: { ...rule }, reason, setBy: by }));
}
