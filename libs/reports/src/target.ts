import { patientsToTarget, type ImprovementNotation } from '@catchment/gaps';
import { Diagnostic } from '@catchment/platform';

/** Targets have at most six decimals (`Target.value` of the store). */
const decimals = 6;

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
 * Compares counts with a target, in the exact arithmetic of `patientsToTarget`.
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
  const patients = patientsToTarget(decimalText(target), denominator, numerator, notation);
  return { target, met: patients === 0, patientsToTarget: patients };
}

function decimalText(target: number): string {
  const text = target.toFixed(decimals);
  if (!(target >= 0 && target <= 1) || Math.abs(Number(text) - target) > 1e-10) {
    throw new Diagnostic(`a target is a proportion from 0 to 1 with at most six decimals, not ${target}`);
  }
  return text;
}
