import type { Failure } from './compare';

/** What the cases of one measure came to. `right + wrong + unsupported = cases`. */
export interface MeasureConformance {
  name: string;
  cases: number;
  right: number;
  wrong: number;
  unsupported: number;
  /** Why cases are unsupported, and how many for each reason. */
  reasons: { reason: string; cases: number }[];
  failures: Failure[];
  /** Cases whose strata were not compared, because their report repeats the group's counts in every stratum. */
  undividedStrata: number;
  seconds: number;
}

export interface ConformanceOutcome {
  totals: { cases: number; right: number; wrong: number; unsupported: number };
  measures: MeasureConformance[];
}

export function totalsOf(measures: readonly MeasureConformance[]): ConformanceOutcome {
  const sum = (key: 'cases' | 'right' | 'wrong' | 'unsupported'): number =>
    measures.reduce((total, measure) => total + measure[key], 0);
  return {
    totals: {
      cases: sum('cases'),
      right: sum('right'),
      wrong: sum('wrong'),
      unsupported: sum('unsupported'),
    },
    measures: [...measures],
  };
}

/** A measure none of whose cases could be looked at. */
export function allUnsupported(name: string, cases: number, reason: string): MeasureConformance {
  return {
    name,
    cases,
    right: 0,
    wrong: 0,
    unsupported: cases,
    reasons: cases > 0 ? [{ reason, cases }] : [],
    failures: [],
    undividedStrata: 0,
    seconds: 0,
  };
}
