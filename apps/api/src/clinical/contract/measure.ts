import type { PanelFilter, Publication } from './publication';
import type { MeasureGrade } from './quality';
import type { Change, PopulationCounts, TrendPoint } from './scorecard';
import type { GapReason, ImprovementNotation, ListedPopulation, Scoring } from './terms';

export interface MeasureMeta {
  measureId: string;
  canonical: string;
  version: string;
  name: string;
  title: string;
  description: string | null;
  scoring: Scoring;
  populationBasis: string;
  improvementNotation: ImprovementNotation;
  guideline: string | null;
  rationale: string | null;
  copyright: string | null;
  disclaimer: string | null;
  origin: 'starter' | 'imported';
}

export interface FunnelStep {
  population: ListedPopulation;
  label: string;
  count: number;
}

export interface FailureReason {
  reason: GapReason;
  label: string;
  count: number;
}

export interface ProviderRate {
  providerId: string;
  providerName: string;
  performanceDenominator: number | null;
  performanceNumerator: number | null;
  performanceRate: number | null;
  /** Wilson interval, 95 %. */
  low: number | null;
  high: number | null;
  /** Fewer cases than the minimum (20): no comparison should be drawn. */
  belowMinimum: boolean;
  /** A withheld cell of the strata could be computed from it: counts and rate are withheld. */
  suppressed: boolean;
}

export interface StratumMember {
  memberId: string;
  label: string;
  performanceDenominator: number | null;
  performanceNumerator: number | null;
  performanceRate: number | null;
  /** 1–10 patients in the cell or in its complement: counts and rate are withheld. */
  suppressed: boolean;
}

export interface Stratum {
  dimension: 'site' | 'payer' | 'sex' | 'age_band' | 'race' | 'ethnicity' | 'language';
  label: string;
  members: StratumMember[];
}

export interface ValueSetUsed {
  canonical: string;
  version: string | null;
  title: string | null;
  origin: 'starter' | 'imported';
  codes: number;
}

export interface MeasureGroupPage {
  groupId: string;
  title: string | null;
  scoring: Scoring;
  populationBasis: string;
  improvementNotation: ImprovementNotation;
  counts: PopulationCounts;
  performanceRate: number | null;
  target: number | null;
  patientsToTarget: number | null;
  openGaps: number;
  funnel: FunnelStep[];
  /** Why gaps are open, most frequent first; the counts add up to `openGaps`. */
  failures: FailureReason[];
  providers: ProviderRate[];
  strata: Stratum[];
  trend: TrendPoint[];
  change: Change | null;
}

/** GET /api/measures/:measureId?site&provider&payer */
export interface MeasurePage {
  publication: Publication;
  filter: PanelFilter;
  measure: MeasureMeta;
  /** Patients of the panel whose data made a define fail: they count nowhere, and have no gap. */
  notEvaluated: number;
  /** Null for numbers that were published before data were graded. */
  dataQuality: MeasureGrade | null;
  groups: MeasureGroupPage[];
  valueSets: ValueSetUsed[];
}
