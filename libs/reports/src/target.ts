import { Diagnostic } from '@catchment/platform';

/** FHIR improvement notation: is a higher or a lower rate the better one? */
export type ImprovementNotation = 'increase' | 'decrease';

/** Targets have at most six decimals (`Target.value` of the store); the exact arithmetic counts in these steps. */
const STEPS = 1_000_000n;

/** Where a rate stands against a target. */
export interface TargetPosition {
  /** 0…1 */
  target: number;
  met: boolean;
  /**
   * How many patients must move: more in the numerator (`increase`), fewer in it (`decrease`). 0 when met.
   */
  patientsToTarget: number;
}

/**
 * Compares counts with a target, in exact rational arithmetic (design "N to target"):
 * higher is better `max(0, ceil(t·D) − n)`, lower is better `max(0, n − floor(t·D))`.
 * This is the one place that decides what "met" means for either improvement notation.
 *
 * @param numerator numerator − numerator exclusions
 * @param denominator denominator − exclusions − exceptions; positive
 * @throws Diagnostic when the target is no proportion with at most six decimals
 */
export function comparePerformance(
  numerator: number,
  denominator: number,
  target: number,
  notation: ImprovementNotation,
): TargetPosition {
  const scaled = targetSteps(target) * BigInt(denominator);
  const floor = scaled / STEPS;
  const ceiling = scaled % STEPS === 0n ? floor : floor + 1n;
  const distance = notation === 'increase' ? ceiling - BigInt(numerator) : BigInt(numerator) - floor;
  const patientsToTarget = distance > 0n ? Number(distance) : 0;
  return { target, met: patientsToTarget === 0, patientsToTarget };
}

/** Is a change of this sign an improvement? Undefined when nothing changed. */
export function isImprovement(change: number, notation: ImprovementNotation): boolean | undefined {
  if (change === 0) return undefined;
  return change > 0 === (notation === 'increase');
}

function targetSteps(target: number): bigint {
  const steps = Math.round(target * Number(STEPS));
  if (!(target >= 0 && target <= 1) || Math.abs(steps - target * Number(STEPS)) > 1e-4) {
    throw new Diagnostic(`a target is a proportion from 0 to 1 with at most six decimals, not ${target}`);
  }
  return BigInt(steps);
}
