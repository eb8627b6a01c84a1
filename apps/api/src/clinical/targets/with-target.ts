import { patientsToTarget } from '@catchment/gaps';
import type { ImprovementNotation, PopulationCounts } from '../contract';

/** The target of a group for the panel that is asked about, as an exact decimal text; undefined without one. */
export type TargetOf = (measureId: string, groupId: string) => string | undefined;

interface Targeted {
  groupId: string;
  improvementNotation: ImprovementNotation;
  counts: PopulationCounts;
  target: number | null;
  patientsToTarget: number | null;
}

/** Adds the target of a group, and how many patients are missing. */
export function withTarget<T extends Targeted>(measureId: string, row: T, targetOf: TargetOf): T {
  const target = targetOf(measureId, row.groupId);
  if (target === undefined) return row;
  const { performanceDenominator, performanceNumerator } = row.counts;
  return {
    ...row,
    target: Number(target),
    patientsToTarget:
      performanceDenominator && performanceNumerator !== null
        ? patientsToTarget(target, performanceDenominator, performanceNumerator, row.improvementNotation)
        : null,
  };
}
