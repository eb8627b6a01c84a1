import type { GapSort, PatientSort } from '../contract';
import type { SortKey } from './keyset';

export const patientSorts = [
  'name',
  '-name',
  'age',
  '-age',
  'lastVisit',
  '-lastVisit',
  'openGaps',
  '-openGaps',
] as const satisfies readonly PatientSort[];

export const gapSorts = ['priority', 'due', 'name'] as const satisfies readonly GapSort[];

/** What is unknown comes last, whichever way a list is sorted. */
const lastNumber = { ascending: '2147483647', descending: '-1' };
const lastDate = { ascending: `'9999-12-31'`, descending: `'0001-01-01'` };

/** The order of a list of patients; ties are broken by the patient. @param p alias of `patient` */
export function patientOrder(sort: PatientSort | GapSort, p: string): SortKey[] {
  const descending = sort.startsWith('-');
  const direction = descending ? 'descending' : 'ascending';
  const name = { sql: `lower(strip_accents(${p}.full_name))`, descending };
  const patient = { sql: `${p}.pid` };
  switch (sort) {
    case 'name':
    case '-name':
      return [name, patient];
    case 'age':
    case '-age':
      return [{ sql: `coalesce(${p}.age, ${lastNumber[direction]})`, descending }, patient];
    case 'lastVisit':
    case '-lastVisit':
      return [{ sql: `coalesce(${p}.last_visit::varchar, ${lastDate[direction]})`, descending }, patient];
    case 'openGaps':
    case '-openGaps':
      return [{ sql: `${p}.open_gaps`, descending }, patient];
    // Every gap is due at the end of the measurement period: who is due first is who needs it most.
    case 'due':
    case 'priority':
      return [{ sql: `${p}.priority`, descending: true }, patient];
  }
}
