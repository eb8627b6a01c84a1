import type { ImprovementNotation } from '@catchment/gaps';
import type { TargetPosition } from './target';

/**
 * What a scorecard report says, as plain data: the marts are read into it, and every format is printed from it.
 * Counts are of patients (of episodes for episode-based measures), rates 0…1, dates `YYYY-MM-DD`,
 * instants ISO 8601 in UTC.
 */
export interface ScorecardReport {
  title: string;
  /** When this report was made. */
  generatedAt: string;
  publication: Publication;
  rows: ScorecardRow[];
  sites: MemberRates[];
  providers: MemberRates[];
  measures: MeasureDefinition[];
}

/** Where the numbers come from: enough to find the run again. */
export interface Publication {
  runId: string;
  publishedAt: string;
  dataAsOf: string;
  periodStart: string;
  /** Last day of the measurement period (inclusive). */
  periodEnd: string;
  contentHash: string;
  engineVersion: string;
  patients: number;
}

/** A rate, or the reason why there is none. A missing rate is never a zero. */
export type Rate =
  | { kind: 'rate'; value: number }
  /** Nobody is left in the denominator after exclusions and exceptions. */
  | { kind: 'no-denominator' }
  /** The run holds no result of this measure. */
  | { kind: 'not-evaluated' }
  /** The measure's scoring has no rate: continuous variable or cohort. */
  | { kind: 'no-rate'; scoring: string };

/** The populations of one measure group. A population that the measure does not define is null, never zero. */
export interface PopulationCounts {
  initialPopulation: number;
  denominator: number | null;
  denominatorExclusion: number | null;
  denominatorException: number | null;
  numerator: number | null;
  numeratorExclusion: number | null;
  /** Denominator − exclusions − exceptions. */
  performanceDenominator: number | null;
  /** Numerator − numerator exclusions. */
  performanceNumerator: number | null;
}

export interface TrendPoint {
  /** `YYYY-MM` */
  month: string;
  /** Null when the month has no run, or nobody in the denominator. */
  rate: number | null;
  performanceNumerator: number | null;
}

/** Since the month before the latest one. */
export interface Change {
  since: string;
  /** Patients more (or, negative, fewer) in the performance numerator. */
  patients: number;
  /** Percentage points. */
  points: number;
  /** By improvement notation, not by direction; undefined when the rate stands still. */
  better: boolean | null;
}

export interface MeasureGroup {
  measureId: string;
  groupId: string;
  title: string;
  improvementNotation: ImprovementNotation;
}

export interface ScorecardRow extends MeasureGroup {
  name: string;
  version: string;
  /** Null when not evaluated. */
  counts: PopulationCounts | null;
  rate: Rate;
  /** Null without target or without rate. */
  position: TargetPosition | null;
  /** The target that is set, also when there is no rate to compare; null when none is set. */
  target: number | null;
  change: Change | null;
  /** Thirteen months, oldest first; empty when the measure has no history at all. */
  trend: TrendPoint[];
  openGaps: number | null;
}

/** All measures of one site or one provider; `rows` are in the order of the report's rows. */
export interface MemberRates {
  memberId: string;
  label: string;
  rows: MemberRow[];
}

export interface MemberRow extends MeasureGroup {
  counts: PopulationCounts | null;
  rate: Rate;
  target: number | null;
  position: TargetPosition | null;
  openGaps: number | null;
}

/** What the reader of a report must know about a measure. */
export interface MeasureDefinition {
  measureId: string;
  canonical: string;
  version: string;
  name: string;
  title: string;
  description: string | null;
  scoring: string;
  improvementNotation: ImprovementNotation;
  guideline: string | null;
  rationale: string | null;
  copyright: string | null;
  disclaimer: string | null;
  origin: string;
}

/** Below this number of cases no comparison between sites or providers is drawn. */
export const MINIMUM_CASES = 20;
