import type { FhirResource, MeasureReport } from 'fhir/r4';

/** A published test case: the resources of one patient and what a measure should say of them. */
export interface ConformanceCase {
  /** Name of the case's folder; what failures are reported under. */
  name: string;
  resources: FhirResource[];
  report: MeasureReport;
}

/** All cases of one folder of a content repository, `input/tests/measure/<measure>/`. */
export interface CaseFolder {
  measure: string;
  cases: ConformanceCase[];
  /** Cases that cannot be read, and why. */
  unreadable: { name: string; reason: string }[];
}
