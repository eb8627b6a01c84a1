import type { ListedPopulation, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { pathWith } from '../filters/panel-filter';

/** The address of the list that a number counts. */
export function populationListPath(
  measureId: string,
  groupId: string,
  population: ListedPopulation,
  filter: PanelFilter,
): string {
  const path = `/measures/${encodeURIComponent(measureId)}/groups/${encodeURIComponent(groupId)}/patients`;
  return pathWith(path, filter, { population });
}

/** @param groupId which of its rates is shown; without it the first */
export function measurePath(measureId: string, filter: PanelFilter, groupId?: string): string {
  return pathWith(`/measures/${encodeURIComponent(measureId)}`, filter, { group: groupId });
}

/** The address of the list of patients for whom a measure could not be evaluated. */
export function notEvaluatedPath(measureId: string, filter: PanelFilter): string {
  return pathWith(`/measures/${encodeURIComponent(measureId)}/not-evaluated`, filter);
}

/** The address of what a measure reads of the data, and what is wrong with it. */
export function measureQualityPath(measureId: string): string {
  return `/quality/measures/${encodeURIComponent(measureId)}`;
}

/** `patientId` is the opaque id of the API, never a medical record number. */
export function patientPath(patientId: string, measureId?: string): string {
  return pathWith(`/patients/${encodeURIComponent(patientId)}`, {}, { measure: measureId });
}

export function cohortPath(cohortId: string, filter: PanelFilter): string {
  return pathWith(`/cohorts/${encodeURIComponent(cohortId)}`, filter);
}
