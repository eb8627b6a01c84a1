import type { Moment } from './crash-trial';

/**
 * So many moments, spread evenly over the steps, in the order of the steps, the same for the same seed.
 * @param milliseconds how long each step takes
 */
export function randomMoments(seed: number, count: number, milliseconds: readonly number[]): Moment[] {
  let state = seed;
  return Array.from({ length: count }, (_, index) => {
    const step = Math.floor((index * milliseconds.length) / count);
    // Numerical Recipes' linear congruential generator
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { step, after: Math.round((state / 4_294_967_296) * milliseconds[step]!) };
  });
}
