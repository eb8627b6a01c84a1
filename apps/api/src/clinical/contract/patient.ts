import type { EvidenceResource, GapEvidence, PatientRow } from './lists';
import type { Publication } from './publication';
import type { ImprovementNotation, PopulationCode } from './terms';

export interface PatientMeasureResult {
  measureId: string;
  groupId: string;
  title: string;
  version: string;
  improvementNotation: ImprovementNotation;
  /** False: the run did not evaluate this patient; never shown as zero or as "no gap". */
  evaluated: boolean;
  /** Empty: evaluated, not in the initial population. */
  populations: PopulationCode[];
  gap: GapEvidence | null;
}

export interface PatientCohort {
  cohortId: string;
  title: string;
  firstEvidence: string;
  latestEvidence: string;
  evidenceCount: number;
  first: EvidenceResource | null;
  latest: EvidenceResource | null;
}

export interface TimelineEntry extends EvidenceResource {
  /** Measures (ids) and cohorts that used this resource. */
  usedBy: string[];
}

/** GET /api/patients/:patientId */
export interface PatientPanel {
  publication: Publication;
  patient: PatientRow & {
    family: string | null;
    given: string | null;
    address: string | null;
    race: string | null;
    ethnicity: string | null;
    deceased: boolean;
    priority: number;
    priorityReasons: string[];
  };
  results: PatientMeasureResult[];
  cohorts: PatientCohort[];
  /** Newest first; at most 500 entries. */
  timeline: TimelineEntry[];
}

/** A population of a group whose result rests on a define. */
export interface DecidedPopulation {
  groupId: string;
  population: PopulationCode;
  /** The measure names this define for the population; else the one that it names refers to this define. */
  isDirect: boolean;
}

/** A code of a resource that counts as another one, because somebody mapped it. */
export interface CountedCode {
  /** As the source writes it; null where it writes none. */
  system: string | null;
  code: string;
  targetSystem: string;
  targetCode: string;
  /** Who mapped it; null where the version that published these numbers did not record it. */
  by: string | null;
  at: string | null;
}

export interface ExplainedResource extends EvidenceResource {
  /** Empty: its codes count as themselves. */
  countsAs: CountedCode[];
}

export interface ExplainedDefine {
  seq: number;
  library: string;
  define: string;
  kind: 'boolean' | 'list' | 'other';
  /** True, false or unknown (null); list defines: has any. Always null for kind `other`. */
  value: boolean | null;
  cql: string | null;
  /** `line:column-line:column` in the CQL text. */
  locator: string | null;
  /**
   * Empty: it decides no population, but is supplemental data, a stratifier or part of an observation. Null: the
   * version that published these numbers did not record it.
   */
  decides: DecidedPopulation[] | null;
  /** Newest first, at most 50. */
  evidence: ExplainedResource[];
  evidenceTotal: number;
}

/** GET /api/patients/:patientId/explanation?measure= */
export interface Explanation {
  runId: string;
  patientId: string;
  measureId: string;
  title: string;
  version: string;
  copyright: string | null;
  evaluated: boolean;
  /** Why not, where the patient's data made a define fail: which, and where in the CQL. */
  notEvaluatedReason: string | null;
  groups: { groupId: string; title: string | null; populations: PopulationCode[]; gap: GapEvidence | null }[];
  /** In the measure's own order. */
  defines: ExplainedDefine[];
}
