import type { Target } from '@catchment/store';
import type { MeasureTarget } from './compose-scorecard';

/** The targets that people set, as PostgreSQL keeps them, for a report. */
export function measureTargets(kept: readonly Target[]): MeasureTarget[] {
  return kept.map(({ measureId, groupId, siteId, value }) => ({
    measureId,
    groupId,
    siteId: siteId || null,
    target: Number(value),
  }));
}
