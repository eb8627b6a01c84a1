/** 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, 95 %: honest for few cases and for rates near 0 and 1.
 * @see Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
 */
export function wilsonInterval(numerator: number, denominator: number): { low: number; high: number } | null {
  if (denominator === 0) return null;
  const rate = numerator / denominator;
  const spread = z * Math.sqrt((rate * (1 - rate)) / denominator + (z / (2 * denominator)) ** 2);
  const scale = 1 + z ** 2 / denominator;
  const middle = rate + z ** 2 / (2 * denominator);
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
