import type { ScorecardRow } from '../../../apps/api/src/clinical/contract';

export type ScorecardOrder = 'measure' | 'to-target' | 'change' | 'open-gaps';

/**
 * Sorts rows so that what asks for attention comes first: furthest from target, most lost since last month,
 * most open gaps. Rows that can't be compared go last.
 */
export function sortRows(rows: ScorecardRow[], order: ScorecardOrder): ScorecardRow[] {
  if (order === 'measure') return rows;
  return [...rows].sort((a, b) => attention(b, order) - attention(a, order));
}

function attention(row: ScorecardRow, order: Exclude<ScorecardOrder, 'measure'>): number {
  switch (order) {
    case 'to-target':
      return row.patientsToTarget ?? -1;
    case 'change':
      return lost(row);
    case 'open-gaps':
      return row.openGaps;
  }
}

/** Points lost since last month, whichever direction is the bad one; −∞ without a comparison. */
function lost({ change }: ScorecardRow): number {
  if (!change || change.points === null) return -Infinity;
  if (change.better === null) return 0;
  return change.better ? -Math.abs(change.points) : Math.abs(change.points);
}

export function readOrder(text: string | null): ScorecardOrder {
  return text === 'to-target' || text === 'change' || text === 'open-gaps' ? text : 'measure';
}
