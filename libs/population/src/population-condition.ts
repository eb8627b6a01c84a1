/** FHIR population codes, the two terms of the performance rate, and the gaps: everything that a number can count. */
export const listedPopulations = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
  'numerator-exclusion',
  'measure-population',
  'measure-population-exclusion',
  'performance-denominator',
  'performance-numerator',
  'open-gap',
  'closed-gap',
] as const;
export type ListedPopulation = (typeof listedPopulations)[number];

const performanceDenominator = (r: string): string =>
  `(coalesce(${r}.denominator, false) and not coalesce(${r}.denominator_exclusion, false)` +
  ` and not coalesce(${r}.denominator_exception, false))`;

/**
 * Is a row of `population_result` in the population? The one place: a number counts with it, its list filters with
 * it, so their totals are equal.
 * @param r alias of `population_result`
 * @returns SQL condition that is never null
 */
export function populationCondition(population: ListedPopulation, r: string): string {
  switch (population) {
    case 'performance-denominator':
      return performanceDenominator(r);
    case 'performance-numerator':
      return `(${performanceDenominator(r)} and coalesce(${r}.numerator, false) and not coalesce(${r}.numerator_exclusion, false))`;
    case 'open-gap':
    case 'closed-gap':
      return `coalesce(${r}.gap_status = '${population}', false)`;
    case 'initial-population':
    case 'denominator':
    case 'denominator-exclusion':
    case 'denominator-exception':
    case 'numerator':
    case 'numerator-exclusion':
    case 'measure-population':
    case 'measure-population-exclusion':
      return `coalesce(${r}.${population.replaceAll('-', '_')}, false)`;
  }
}
