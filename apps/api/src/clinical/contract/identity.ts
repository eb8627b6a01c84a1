/** One comparison of two records: what it found, and its points for (or, negative, against) one person. */
export interface IdentityFinding {
  field: string;
  outcome: string;
  weight: number;
}

/** What one source states about a patient. */
export interface IdentityRecord {
  /** Opaque id of the record. */
  recordId: string;
  source: string;
  family: string | null;
  given: string | null;
  suffix: string | null;
  birthDate: string | null;
  sex: string | null;
  phones: string[];
  emails: string[];
  addresses: string[];
  /** System and value. */
  identifiers: string[];
  lastUpdated: string | null;
}

/** `waiting`: for somebody to decide; `merged`: one patient in what is published. */
export type IdentityPairState = 'waiting' | 'merged';

export interface IdentityPair {
  left: IdentityRecord;
  right: IdentityRecord;
  score: number;
  /** Points from which two records are one person, and from which somebody is to look. */
  thresholds: { same: number; review: number };
  findings: IdentityFinding[];
  /** What speaks against one person, whatever the points. */
  contradictions: string[];
  state: IdentityPairState;
}

/** GET /api/identity/pairs: those with most points first; decided ones are not among the waiting. */
export interface IdentityPairs {
  total: number;
  pairs: IdentityPair[];
}

export type IdentityVerdict = 'same' | 'apart';

/** POST /api/identity/decisions; answered with 201 and the `IdentityDecision`. Holds from the next evaluation on. */
export interface IdentityDecisionRequest {
  left: string;
  right: string;
  verdict: IdentityVerdict;
  reason: string;
}

/** GET /api/identity/decisions: the trail, the latest first, withdrawn ones too. */
export interface IdentityDecision {
  id: string;
  left: string;
  right: string;
  /** Names of the two as their sources have them; null when a record is gone or was not evaluated yet. */
  leftName: string | null;
  rightName: string | null;
  verdict: IdentityVerdict;
  reason: string;
  by: string;
  at: string;
  withdrawn: { by: string; at: string; reason: string | null } | null;
}

/** POST /api/identity/decisions/:id/withdrawal: everything is as it was before, from the next evaluation on. */
export interface IdentityWithdrawal {
  reason: string;
}
