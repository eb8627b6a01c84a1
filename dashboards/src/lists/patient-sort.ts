import type { PatientSort } from '../../../apps/api/src/clinical/contract';
import type { SortKeys } from './DataTable';

/** What the API's patient lists sort by, for the headers of the table. */
export const PATIENT_SORT_KEYS: SortKeys = {
  name: { ascending: 'name', descending: '-name' },
  lastVisit: { ascending: 'lastVisit', descending: '-lastVisit' },
  openGaps: { ascending: 'openGaps', descending: '-openGaps' },
};

export function readPatientSort(text: string | null): PatientSort {
  switch (text) {
    case '-name':
    case 'age':
    case '-age':
    case 'lastVisit':
    case '-lastVisit':
    case 'openGaps':
    case '-openGaps':
      return text;
    default:
      return 'name';
  }
}
