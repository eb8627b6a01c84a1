import type { Publication } from './publication';

/** A: at least 98 % of what is read is usable; B 95 %, C 90 %, D 80 %; what is not there is an F at worst (docs/data-quality.md). */
export type QualityGrade = 'A' | 'B' | 'C' | 'D' | 'F';

export interface QualityGradePoint {
  runId: string;
  dataAsOf: string;
  grade: QualityGrade;
}

export interface SourceQuality {
  source: string;
  patients: number;
  resources: number;
  /** Share of usable data; null when there is nothing to judge. */
  score: number | null;
  grade: QualityGrade;
  /** Oldest first. */
  trend: QualityGradePoint[];
}

export type QualitySeverity = 'error' | 'warning' | 'info';

export interface QualityFinding {
  check: string;
  class: 'structure' | 'completeness' | 'plausibility' | 'units' | 'references' | 'duplicates' | 'feed';
  severity: QualitySeverity;
  source: string;
  type: string | null;
  element: string | null;
  /** After the share: `have no date`. */
  sentence: string;
  affected: number;
  /** Null where the finding is not about resources. */
  total: number | null;
  /** Ids of up to five resources; empty for who may not see patients of the whole organisation. */
  examples: string[];
}

export interface MeasureQuality {
  measureId: string;
  title: string;
  score: number | null;
  grade: QualityGrade;
  reason: string;
  trend: QualityGradePoint[];
}

/** GET /api/quality: counts over all patients, in no scope. 503 when the published numbers are from before the checks. */
export interface QualityOverview {
  publication: Publication;
  sources: SourceQuality[];
  measures: MeasureQuality[];
  findings: QualityFinding[];
}

export interface QualityInput {
  type: string;
  name: string;
  canonical: string | null;
  populations: string[];
  /** 3: decides who counts; 1: takes somebody out. */
  weight: number;
  resources: number;
  /** A resource with an error counts nothing, with a warning one half. */
  usable: number;
}

export interface QualityMeasureFinding {
  check: string;
  severity: QualitySeverity;
  type: string;
  element: string | null;
  name: string;
  sentence: string;
  affected: number;
  total: number;
}

/** How far the data of a measure can be trusted, over all patients; for everybody who sees its rate. */
export interface MeasureGrade {
  grade: QualityGrade;
  /** Sentences about shares of data; no ids and no patients. */
  reason: string;
}

/** GET /api/quality/measures/:measureId */
export interface MeasureQualityDetail extends MeasureQuality {
  inputs: QualityInput[];
  findings: QualityMeasureFinding[];
}

/** GET /api/quality/codes: a code that measures look for by value set and that is in none. */
export interface UnmappedCode {
  type: string;
  system: string | null;
  code: string;
  display: string | null;
  patients: number;
  resources: number;
  likeness: 'other-system-name' | 'other-code-form' | 'same-display' | 'similar-display' | 'local-system';
  target: { system: string; code: string; display: string | null } | null;
}

/** GET /api/quality/targets?type&search: a code that measures look for by value set among resources of the type. */
export interface MappingTarget {
  system: string;
  code: string;
  /** As the data name it; null where they do not. */
  display: string | null;
  /** Titles, or canonicals, of the value sets that have it. */
  valueSets: string[];
}

/** A code of a source (`system` empty where it writes none) and the code that it means. */
export interface MappedCode {
  system: string;
  code: string;
  targetSystem: string;
  targetCode: string;
}

export interface ValueSetEntry {
  measureId: string;
  measureTitle: string;
  type: string;
  canonical: string;
  title: string | null;
  /** Who has the code and is not in the value set by another one. */
  patients: number;
}

/** POST /api/quality/mappings/preview. Nobody leaves a value set by a mapping. */
export interface MappingPreview {
  patients: number;
  resources: number;
  valueSets: ValueSetEntry[];
}

/** POST /api/quality/mappings: holds from the next evaluation on. */
export interface MappingRequest extends MappedCode {
  reason: string;
}

/** POST /api/quality/mappings/:id/withdrawal */
export interface MappingWithdrawal {
  reason: string;
}

/** GET /api/quality/mappings: every mapping, withdrawn ones too, the latest first. */
export interface CodeMapping extends MappedCode {
  id: string;
  reason: string;
  by: string;
  at: string;
  withdrawn: { by: string; at: string; reason: string | null } | null;
  /** Do the published numbers follow it? */
  published: boolean;
}
