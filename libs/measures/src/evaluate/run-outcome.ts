import type { GroupSummary } from '../populations/counts';
import type { MeasurementPeriod } from './measurement-period';

/** What an evaluation run came to. */
export interface RunOutcome {
  runId: string;
  period: MeasurementPeriod;
  /** Patients that were looked at. */
  patients: number;
  measures: MeasureOutcome[];
}

export type MeasureOutcome = EvaluatedMeasure | FailedMeasure;

export interface EvaluatedMeasure {
  state: 'evaluated';
  measureId: string;
  version: string;
  title: string;
  groups: GroupSummary[];
  /** Patients whose data made a define fail: they count nowhere. `limitations` says why. */
  notEvaluated: number;
  /** Supplemental data that could not be computed, leniently read details of the Measure. */
  limitations: string[];
  /** The results of patients without news are those of the evaluation before. */
  carriedOver: boolean;
  seconds: number;
}

/** A measure without results: it stands in no result table, and its reason names what is wrong. */
export interface FailedMeasure {
  state: 'failed';
  measureId: string;
  version?: string;
  title?: string;
  reason: string;
}
