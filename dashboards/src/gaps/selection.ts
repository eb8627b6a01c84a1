import { createContext, useContext } from 'react';
import type { GapPlace } from '../../../apps/api/src/clinical/contract';

/** Gaps of a page that are chosen, to be given to somebody together. */
export interface GapSelection {
  isSelected: (place: GapPlace) => boolean;
  toggle: (place: GapPlace) => void;
}

/** Null: nothing can be chosen here. */
export const SelectionContext = createContext<GapSelection | null>(null);

export function useGapSelection(): GapSelection | null {
  return useContext(SelectionContext);
}

export function placeKey({ patientId, measureId, groupId }: GapPlace): string {
  return JSON.stringify([patientId, measureId, groupId]);
}
