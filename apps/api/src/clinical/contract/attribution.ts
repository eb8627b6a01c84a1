/** The rule by which each patient gets a provider and a site. */
export interface AttributionRule {
  /** Asked one after the other until one knows. */
  steps: ('roster' | 'assigned' | 'visits')[];
  /** 12, 24 or 36. */
  lookBackMonths: number;
  /** `provider`: where the provider's role in effect is held, else the patient's own. */
  siteOf: 'patient' | 'provider';
  /** Is a site the organisation that it is part of in the end? */
  topSite: boolean;
}

/** GET /api/attribution */
export interface AttributionSetting {
  rule: AttributionRule;
  /** 0: nobody chose one, the service's own holds. */
  version: number;
  setBy: string | null;
  setAt: string | null;
  reason: string | null;
  /** The version that the published numbers are of. */
  publishedVersion: number;
}

export interface AttributionSite {
  id: string;
  name: string;
}

/** Patients who would go from one site to another; null: without a site. */
export interface AttributionMove {
  from: AttributionSite | null;
  to: AttributionSite | null;
  patients: number;
}

/** POST /api/attribution/preview: what a rule would change in what is published. */
export interface AttributionPreview {
  patients: number;
  otherSite: number;
  otherProvider: number;
  /** With another site or provider. */
  moved: number;
  moves: AttributionMove[];
}

/** PUT /api/attribution: a new version, which holds from the next evaluation on. */
export interface AttributionChange {
  rule: AttributionRule;
  reason: string;
}
