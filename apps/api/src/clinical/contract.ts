/**
 * The JSON shapes of the clinical API (docs/api.md): pure types, shared with the web app.
 * Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC, rates 0…1. A count of a population that the measure
 * does not define is null, never zero.
 */

/** How a measure group is scored (FHIR measure-scoring). */
export type Scoring = 'proportion' | 'ratio' | 'continuous-variable' | 'cohort';
export type ImprovementNotation = 'increase' | 'decrease';
export type GapStatus = 'open-gap' | 'closed-gap' | 'prospective-gap' | 'not-applicable';
export type GapReason =
  | 'NotFound'
  | 'Missing'
  | 'Present'
  | 'InvalidAttribute'
  | 'DateInRange'
  | 'DateOutOfRange'
  | 'ValueInRange'
  | 'ValueOutOfRange'
  | 'CountInRange'
  | 'CountOutOfRange';

/** What a person is doing about a gap; computed status and work status are never one column. */
export type WorkStatus =
  | 'new'
  | 'attempted'
  | 'reached'
  | 'scheduled'
  | 'ordered'
  | 'declined'
  | 'done-elsewhere-requested'
  | 'snoozed'
  | 'not-our-patient';

/** FHIR population codes. */
export type PopulationCode =
  | 'initial-population'
  | 'denominator'
  | 'denominator-exclusion'
  | 'denominator-exception'
  | 'numerator'
  | 'numerator-exclusion'
  | 'measure-population'
  | 'measure-population-exclusion';

/** Every number that links to a list: FHIR populations, the two terms of the rate, and the gaps. */
export type ListedPopulation =
  PopulationCode | 'performance-denominator' | 'performance-numerator' | 'open-gap' | 'closed-gap';

/** POST (sign in) and GET /api/session; GET answers 401 when nobody is signed in. */
export interface Session {
  email: string;
  displayName: string;
  role: 'manager' | 'quality' | 'coordinator' | 'admin';
  /** What the person may do, as `action:subject`, for example `change:Target`. */
  abilities: string[];
}

/** GET /api/session/demo-users, also for who is not signed in: the demo's accounts, none outside a demo. */
export interface DemoUser {
  email: string;
  displayName: string;
  role: Session['role'];
  password: string;
}

/** GET /api/publication: where today's numbers come from. 503 while nothing was published yet. */
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

/** GET /api/filters: what the caller may filter by, within the caller's scope. */
export interface FilterOptions {
  sites: FilterOption[];
  providers: FilterOption[];
  payers: FilterOption[];
  measures: { measureId: string; title: string }[];
  cohorts: { cohortId: string; title: string }[];
}

export interface FilterOption {
  id: string;
  label: string;
  patients: number;
}

/** The filter that every population query understands. */
export interface PanelFilter {
  site?: string;
  provider?: string;
  payer?: string;
}

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
}

/** GET /api/scorecard?site&provider&payer */
export interface Scorecard {
  publication: Publication;
  filter: PanelFilter;
  /** Patients within scope and filter. */
  patients: number;
  rows: ScorecardRow[];
}

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
  performanceDenominator: number;
  performanceNumerator: number;
  performanceRate: number | null;
  /** Wilson interval, 95 %. */
  low: number | null;
  high: number | null;
  /** Fewer cases than the minimum (20): no comparison should be drawn. */
  belowMinimum: boolean;
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
  groups: MeasureGroupPage[];
  valueSets: ValueSetUsed[];
}

/** A page of a list. `nextCursor` is opaque; null on the last page. */
export interface Page<T> {
  runId: string;
  /** Rows of the whole list, not of the page. */
  total: number;
  rows: T[];
  nextCursor: string | null;
}

export type PopulationList = Page<PopulationListRow>;
export type CohortMemberList = Page<CohortMemberRow>;
export type GapList = Page<GapRow>;
export type GapPatientList = Page<GapPatientRow>;

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

/** `sort` of the patient lists; a leading `-` reverses. */
export type PatientSort =
  'name' | '-name' | 'age' | '-age' | 'lastVisit' | '-lastVisit' | 'openGaps' | '-openGaps';

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
  /** Newest first, at most 50. */
  evidence: EvidenceResource[];
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
  groups: { groupId: string; title: string | null; populations: PopulationCode[]; gap: GapEvidence | null }[];
  /** In the measure's own order. */
  defines: ExplainedDefine[];
}

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

export interface GapWork {
  status: WorkStatus;
  assignee: string | null;
  attempts: number;
  lastAttempt: string | null;
  nextActionDate: string | null;
  note: string | null;
}

export interface GapItem extends GapEvidence {
  measureId: string;
  groupId: string;
  measureTitle: string;
  dueDate: string;
  /** Null: nobody has touched it. */
  work: GapWork | null;
}

/** GET /api/gaps?by=gap: one row per gap. */
export interface GapRow extends PatientRow {
  priority: number;
  priorityReasons: string[];
  gap: GapItem;
}

/** GET /api/gaps?by=patient (default): one row per patient, with the gaps that match the filter. */
export interface GapPatientRow extends PatientRow {
  priority: number;
  priorityReasons: string[];
  gaps: GapItem[];
}

/**
 * GET /api/gaps?by&measure&group&site&provider&payer&status&reason&q&sort&cursor&limit; `status` defaults to `open-gap`.
 * GET /api/gaps/export?format=csv|arrow|json takes the same filters.
 */
export type GapSort = 'priority' | 'due' | 'name';

export interface RunMeasure {
  measureId: string;
  version: string;
}

/** GET /api/runs (newest first) and GET /api/runs/:runId */
export interface Run {
  runId: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'suspicious';
  reason: string | null;
  startedBy: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  periodStart: string;
  periodEnd: string;
  dataAsOf: string | null;
  engineVersion: string | null;
  contentHash: string | null;
  patients: number | null;
  measures: RunMeasure[];
  /** Why it failed or was not published. */
  message: string | null;
  /** Are today's numbers those of this run? */
  published: boolean;
}

/** POST /api/runs: asks for an evaluation run; answered with 202 and the `Run` in state `queued`. */
export interface RunRequest {
  /** Default: every measure of the service. */
  measureIds?: string[];
  /** First and last day of the measurement period, both inclusive. */
  periodStart: string;
  periodEnd: string;
  reason: string;
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

/** GET /api/reports: what is made when, and what became of it last. */
export interface ReportSummary {
  reportId: string;
  name: string;
  type: string;
  formats: string[];
  /** Five fields, read in `timeZone`. */
  cron: string;
  timeZone: string;
  recipients: string[];
  active: boolean;
  /** Null when it is not active. */
  nextRun: string | null;
  createdBy: string;
  lastDelivery: ReportDelivery | null;
}

/**
 * GET /api/reports/:reportId/deliveries, newest first, at most 100.
 * POST there makes the report now; answered with 202 and a delivery in state `queued`.
 * GET /api/reports/:reportId/deliveries/:deliveryId/files/:name is a file of it.
 */
export interface ReportDelivery {
  /** Null while it is only queued. */
  deliveryId: string | null;
  reportId: string;
  status: 'queued' | 'pending' | 'delivered' | 'failed';
  attempts: number;
  error: string | null;
  /** Names of the files. */
  files: string[];
  runId: string | null;
  dueAt: string;
  finishedAt: string | null;
}

/** Every error: application/problem+json. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
}
