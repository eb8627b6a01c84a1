import type { ConformanceOutcome } from './outcome';

/** Outcomes are compared by what a baseline file keeps: counts by measure. */
export type Baseline = Pick<ConformanceOutcome, 'totals'> & {
  measures: Pick<ConformanceOutcome['measures'][number], 'name' | 'cases' | 'right'>[];
};

/**
 * What is worse than the baseline: a measure with fewer cases right than before. A measure that has fewer cases than
 * before counts by those that were lost, too: cases must not vanish. Measures that were not run are not compared.
 */
export function regressions(outcome: ConformanceOutcome, baseline: Baseline): string[] {
  return baseline.measures.flatMap((before) => {
    const now = outcome.measures.find(({ name }) => name === before.name);
    if (!now) return [];
    if (now.right >= before.right) return [];
    return [
      `${now.name}: ${now.right} of ${now.cases} right, where the baseline has ${before.right} of ${before.cases}`,
    ];
  });
}
