import type { PopulationCode } from '../definition/definition';

/** Why a patient counts where in a measure, from the results of the last run. */
export interface Explanation {
  patient: { source: string; id: string };
  measureId: string;
  title: string;
  run: { runId: string; periodStart: string; periodEnd: string };
  /** Why the measure could not be evaluated for the patient: then the rest is empty. Absent when it was. */
  notEvaluated?: string;
  groups: ExplainedGroup[];
  /** In the order of computation: a define stands after those that it uses. */
  defines: ExplainedResult[];
}

export interface ExplainedGroup {
  groupId: string;
  /** One per episode, one in all for a Boolean basis; none when the patient is not in the initial population. */
  members: {
    episode?: ResourceReference;
    /** Populations that the measure does not define are absent. */
    populations: Partial<Record<PopulationCode, boolean>>;
    observation?: number;
  }[];
}

export interface ExplainedResult {
  library: string;
  define: string;
  kind: 'boolean' | 'list' | 'other';
  /** Boolean defines: true, false or null; others: is there anything. */
  value: boolean | null;
  /** Resources that a list define holds. */
  evidence: ResourceReference[];
  cql?: string;
  locator?: string;
}

export interface ResourceReference {
  type: string;
  id: string;
}
