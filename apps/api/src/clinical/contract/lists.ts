import type { GapReason, GapStatus, PopulationCode } from './terms';

/** A page of a list. `nextCursor` is opaque; null on the last page. */
export interface Page<T> {
  runId: string;
  /** Rows of the whole list, not of the page. */
  total: number;
  rows: T[];
  nextCursor: string | null;
}

export interface PatientRow {
  patientId: string;
  mrn: string | null;
  fullName: string;
  birthDate: string | null;
  /** Complete years at the end of the measurement period. */
  age: number | null;
  sex: string | null;
  phone: string | null;
  language: string | null;
  siteId: string | null;
  siteName: string | null;
  providerId: string | null;
  providerName: string | null;
  payer: string | null;
  lastVisit: string | null;
  nextAppointment: string | null;
  /** Cohort ids. */
  conditions: string[];
  openGaps: number;
}

export interface GapEvidence {
  gapStatus: GapStatus;
  gapReason: GapReason | null;
  /** One sentence for people: "last HbA1c 9.4 % on 2026-02-11". */
  detail: string | null;
  latestDate: string | null;
  latestValue: number | null;
  latestUnit: string | null;
  closesWith: string | null;
}

export interface EvidenceResource {
  type: string;
  /** FHIR logical id. */
  id: string;
  date: string | null;
  codeSystem: string | null;
  code: string | null;
  display: string | null;
  valueText: string | null;
}

/**
 * GET /api/measures/:measureId/groups/:groupId/patients?population&site&provider&payer&q&sort&cursor&limit
 * One row per population result (per episode for episode-based measures); the lists of gaps have one row per patient,
 * as gaps are the patient's. GET …/patients/export?format=csv|arrow|json takes the same filters.
 */
export interface PopulationListRow extends PatientRow {
  episodeId: string | null;
  populations: PopulationCode[];
  gap: GapEvidence | null;
}

export type PopulationList = Page<PopulationListRow>;

/** GET /api/measures/:measureId/not-evaluated?site&provider&payer&q&sort&cursor&limit: who counts nowhere, and why. */
export interface NotEvaluatedRow extends PatientRow {
  /** Holds no data of the patient. */
  reason: string;
  /** Where in the CQL it failed. */
  library: string | null;
  define: string | null;
  /** `line:column-line:column` */
  locator: string | null;
}

export type NotEvaluatedList = Page<NotEvaluatedRow>;

/** `sort` of the patient lists; a leading `-` reverses. */
export type PatientSort =
  'name' | '-name' | 'age' | '-age' | 'lastVisit' | '-lastVisit' | 'openGaps' | '-openGaps';
