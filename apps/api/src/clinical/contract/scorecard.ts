import type { PanelFilter, Publication } from './publication';
import type { MeasureGrade } from './quality';
import type { ImprovementNotation, Scoring } from './terms';

export interface PopulationCounts {
  initialPopulation: number;
  denominator: number | null;
  denominatorExclusion: number | null;
  denominatorException: number | null;
  numerator: number | null;
  numeratorExclusion: number | null;
  measurePopulation: number | null;
  measurePopulationExclusion: number | null;
  /** Denominator − exclusions − exceptions. */
  performanceDenominator: number | null;
  /** Numerator − numerator exclusions. Both terms are null unless the group is scored as a proportion. */
  performanceNumerator: number | null;
}

export interface TrendPoint {
  periodEnd: string;
  performanceDenominator: number;
  performanceNumerator: number;
  /** Null when nobody is in the performance denominator. */
  performanceRate: number | null;
}

/** Since the trend point before: patients more in the performance numerator, percentage points more of rate. */
export interface Change {
  sincePeriodEnd: string;
  patients: number;
  points: number | null;
  /** By improvement notation, not by direction. */
  better: boolean | null;
}

export interface ScorecardRow {
  measureId: string;
  groupId: string;
  name: string;
  title: string;
  groupTitle: string | null;
  version: string;
  origin: 'starter' | 'imported';
  scoring: Scoring;
  populationBasis: string;
  improvementNotation: ImprovementNotation;
  counts: PopulationCounts;
  performanceRate: number | null;
  /** 0…1; null when no target is set. */
  target: number | null;
  /** "N more patients" (a decrease measure: N fewer); null without target or performance denominator. */
  patientsToTarget: number | null;
  trend: TrendPoint[];
  change: Change | null;
  openGaps: number;
  /** Null for numbers that were published before data were graded. */
  dataQuality: MeasureGrade | null;
}

/** GET /api/scorecard?site&provider&payer */
export interface Scorecard {
  publication: Publication;
  filter: PanelFilter;
  /** Patients within scope and filter. */
  patients: number;
  rows: ScorecardRow[];
}

/** GET /api/targets; PUT and DELETE /api/targets/:measureId/:groupId?site set and take back one. */
export interface TargetSetting {
  measureId: string;
  groupId: string;
  /** Null: the organisation's default. */
  siteId: string | null;
  /** 0…1, at most six decimals. */
  value: number;
  setBy: string;
  updatedAt: string;
}
