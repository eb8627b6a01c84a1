import type { ImprovementNotation } from '../../../apps/api/src/clinical/contract';

/**
 * Better, worse or the same: the one place that reads improvement notation. Colour, arrow, wording and
 * sorting of every screen follow from it; nothing else compares two rates.
 */
export type Judgement = 'better' | 'worse' | 'same';

/** Is `value` better or worse than `reference` under this notation? Both are rates of the same measure. */
export function judge(notation: ImprovementNotation, value: number, reference: number): Judgement {
  if (value === reference) return 'same';
  return value > reference === (notation === 'increase') ? 'better' : 'worse';
}

/** Where a rate stands against its target, in words. */
export interface Standing {
  kind: 'met' | 'short' | 'no-target' | 'no-rate';
  /** Patients who must move; 0 when met, null when it can't be said. */
  patients: number | null;
  /** `at target`, `14 more patients`, `14 fewer patients`, `no target`, `no denominator`. */
  text: string;
  /** `≥ 70 %` or `≤ 20 %`; empty without a target. */
  targetText: string;
}

/**
 * @param patientsToTarget computed by the API in exact arithmetic; the browser never recomputes it
 */
export function standing(
  notation: ImprovementNotation,
  performanceRate: number | null,
  target: number | null,
  patientsToTarget: number | null,
): Standing {
  const targetText = target === null ? '' : `${notation === 'increase' ? '≥' : '≤'} ${shortPercent(target)}`;
  if (performanceRate === null)
    return { kind: 'no-rate', patients: null, text: 'no denominator', targetText };
  if (target === null || patientsToTarget === null) {
    return { kind: 'no-target', patients: null, text: 'no target', targetText };
  }
  if (patientsToTarget === 0) return { kind: 'met', patients: 0, text: 'at target', targetText };
  const word = notation === 'increase' ? 'more' : 'fewer';
  const noun = patientsToTarget === 1 ? 'patient' : 'patients';
  return {
    kind: 'short',
    patients: patientsToTarget,
    text: `${patientsToTarget.toLocaleString('en-US')} ${word} ${noun}`,
    targetText,
  };
}

/**
 * A provider's interval against a reference rate: `same` when the interval holds the reference, because then
 * the data can't tell the two apart.
 */
export function judgeInterval(
  notation: ImprovementNotation,
  low: number,
  high: number,
  reference: number,
): Judgement {
  if (low <= reference && reference <= high) return 'same';
  return judge(notation, (low + high) / 2, reference);
}

/** `higher is better` / `lower is better`. */
export function notationText(notation: ImprovementNotation): string {
  return notation === 'increase' ? 'higher is better' : 'lower is better';
}

function shortPercent(proportion: number): string {
  const percent = Math.round(proportion * 10000) / 100;
  return `${percent} %`;
}
