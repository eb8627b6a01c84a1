import { createContext, useContext } from 'react';

/** What a screen asks about: `action:subject` of the API (libs/access). */
export type Ability =
  | 'read:Patient'
  | 'read:Worklist'
  | 'read:Run'
  | 'read:Report'
  | 'read:Source'
  | 'read:Identity'
  | 'read:Attribution'
  | 'read:DataQuality'
  | 'start:Run'
  | 'start:Source'
  | 'change:Run'
  | 'change:Target'
  | 'change:Report'
  | 'change:Source'
  | 'change:Identity'
  | 'change:Attribution'
  | 'change:DataQuality'
  | 'change:Worklist'
  | 'export:Patient'
  | 'export:Worklist';

/** Abilities of the person who is signed in; nobody's until somebody is. */
export const AbilitiesContext = createContext<readonly string[]>([]);

/** May this person do that? For showing what can be done; the API decides for itself. */
export function useMay(ability: Ability): boolean {
  return useContext(AbilitiesContext).includes(ability);
}
