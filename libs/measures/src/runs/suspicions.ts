import type { PublishLimits } from '@catchment/platform';
import type { DataSnapshot, Suspicion } from '@catchment/store';

/** What is compared with: the published run's data; of an older publication the resources are not known. */
export type SnapshotBefore = Pick<DataSnapshot, 'dataAsOf' | 'patients'> &
  Partial<Pick<DataSnapshot, 'resources'>>;

const dayMs = 86_400_000;

/**
 * What is not as it should be with the data of a run: fewer patients or fewer resources of a type than the published
 * run had, by more than the limit allows; older data than it had; data that are too old for today. Empty when nothing
 * is. A first run has nothing to be compared with.
 * @param at when the run is judged
 */
export function suspicionsOf(
  now: DataSnapshot,
  before: SnapshotBefore | undefined,
  limits: PublishLimits,
  at: Date,
): Suspicion[] {
  if (!before) return [];
  const shrank = (was: number, is: number): boolean => was - is > limits.shrink * was;
  const suspicions: Suspicion[] = [];
  if (shrank(before.patients, now.patients)) {
    suspicions.push({ kind: 'fewer-patients', before: before.patients, now: now.patients });
  }
  const types = Object.entries(before.resources ?? {}).map(([type, was]) => ({
    kind: 'fewer-resources' as const,
    type,
    before: was,
    now: now.resources[type] ?? 0,
  }));
  const lost = (each: { before: number; now: number }): number => (each.before - each.now) / each.before;
  // The largest share first: a type that is gone says more than many that are a little fewer.
  suspicions.push(
    ...types
      .filter((each) => shrank(each.before, each.now))
      .sort((a, b) => lost(b) - lost(a) || (a.type < b.type ? -1 : 1)),
  );
  if (Date.parse(now.dataAsOf) < Date.parse(before.dataAsOf)) {
    suspicions.push({ kind: 'older-data', before: before.dataAsOf, now: now.dataAsOf });
  }
  const { dataAgeDays: days } = limits;
  if (days !== undefined && at.getTime() - Date.parse(now.dataAsOf) > days * dayMs) {
    suspicions.push({ kind: 'late-data', now: now.dataAsOf, days });
  }
  return suspicions;
}

/** A suspicion as a sentence for logs and terminals. It holds counts and days only. */
export function suspicionText(suspicion: Suspicion): string {
  switch (suspicion.kind) {
    case 'fewer-patients':
      return `${suspicion.now} patients, ${suspicion.before} in the published run`;
    case 'fewer-resources':
      return `${suspicion.now} resources of type ${suspicion.type}, ${suspicion.before} in the published run`;
    case 'older-data':
      return `the data are known up to ${suspicion.now}, those of the published run up to ${suspicion.before}`;
    case 'late-data':
      return `the data are known up to ${suspicion.now}, more than ${suspicion.days} days ago`;
  }
}
