import { Diagnostic } from '@catchment/platform';

export type ImprovementNotation = 'increase' | 'decrease';

/**
 * "N to target", in exact rational arithmetic: for `increase` how many more patients the numerator needs,
 * `max(0, ceil(t·D) − n)`; for `decrease` how many fewer, `max(0, n − floor(t·D))`.
 *
 * @param target 0…1 as a decimal text, for example `0.75`
 * @param denominator D = denominator − exclusions − exceptions
 * @param numerator n = numerator − numerator exclusions
 * @throws Diagnostic when the target is no decimal from 0 to 1
 */
export function patientsToTarget(
  target: string,
  denominator: number,
  numerator: number,
  notation: ImprovementNotation,
): number {
  const { units, scale } = decimal(target);
  const product = units * BigInt(denominator);
  const floor = product / scale;
  const ceiling = product % scale === 0n ? floor : floor + 1n;
  const missing = notation === 'increase' ? ceiling - BigInt(numerator) : BigInt(numerator) - floor;
  return missing > 0n ? Number(missing) : 0;
}

/** Is a change in this direction for the better? Null when nothing changed. */
export function isBetter(change: number, notation: ImprovementNotation): boolean | null {
  return change === 0 ? null : change > 0 === (notation === 'increase');
}

function decimal(text: string): { units: bigint; scale: bigint } {
  const match = /^(0|1)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Diagnostic(`a target is a decimal from 0 to 1, not "${text}"`);
  const [, whole, fraction = ''] = match;
  const units = BigInt(`${whole}${fraction}`);
  const scale = 10n ** BigInt(fraction.length);
  if (units > scale) throw new Diagnostic(`a target is a decimal from 0 to 1, not "${text}"`);
  return { units, scale };
}
