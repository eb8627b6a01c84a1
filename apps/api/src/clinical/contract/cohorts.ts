import type { EvidenceResource, Page, PatientRow } from './lists';
import type { PanelFilter, Publication } from './publication';

export interface CohortSummary {
  cohortId: string;
  title: string;
  description: string;
  source: string;
  members: number;
  /** Members ÷ patients, within scope and filter. */
  prevalence: number | null;
}

/** GET /api/cohorts?site&provider&payer */
export interface CohortList {
  publication: Publication;
  filter: PanelFilter;
  patients: number;
  cohorts: CohortSummary[];
}

/** GET /api/cohorts/:cohortId?site&provider&payer */
export interface CohortPage {
  publication: Publication;
  filter: PanelFilter;
  patients: number;
  cohort: CohortSummary;
  bySite: {
    siteId: string | null;
    siteName: string;
    members: number;
    patients: number;
    prevalence: number | null;
  }[];
  byAge: { ageBand: string; members: number; patients: number; prevalence: number | null }[];
  /** People who are in both cohorts; `share` of this cohort's members. */
  coOccurrence: { cohortId: string; title: string; members: number; share: number | null }[];
}

/** GET /api/cohorts/:cohortId/patients?site&provider&payer&q&sort&cursor&limit */
export interface CohortMemberRow extends PatientRow {
  firstEvidence: string;
  latestEvidence: string;
  evidenceCount: number;
  first: EvidenceResource | null;
  latest: EvidenceResource | null;
}

export type CohortMemberList = Page<CohortMemberRow>;
