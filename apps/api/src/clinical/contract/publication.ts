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
