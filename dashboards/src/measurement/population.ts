import type { ListedPopulation, PopulationCode } from '../../../apps/api/src/clinical/contract';

/** What a population is called in front of people. */
export function populationText(population: ListedPopulation): string {
  switch (population) {
    case 'initial-population':
      return 'initial population';
    case 'denominator':
      return 'denominator';
    case 'denominator-exclusion':
      return 'denominator exclusions';
    case 'denominator-exception':
      return 'denominator exceptions';
    case 'numerator':
      return 'numerator';
    case 'numerator-exclusion':
      return 'numerator exclusions';
    case 'measure-population':
      return 'measure population';
    case 'measure-population-exclusion':
      return 'measure population exclusions';
    case 'performance-denominator':
      return 'counted in the rate';
    case 'performance-numerator':
      return 'numerator of the rate';
    case 'open-gap':
      return 'open gaps';
    case 'closed-gap':
      return 'closed gaps';
  }
}

const LISTED: Record<ListedPopulation, true> = {
  'initial-population': true,
  denominator: true,
  'denominator-exclusion': true,
  'denominator-exception': true,
  numerator: true,
  'numerator-exclusion': true,
  'measure-population': true,
  'measure-population-exclusion': true,
  'performance-denominator': true,
  'performance-numerator': true,
  'open-gap': true,
  'closed-gap': true,
};

/** Reads a population from an address; null when it names none. */
export function readPopulation(text: string | null): ListedPopulation | null {
  return text !== null && Object.hasOwn(LISTED, text) ? (text as ListedPopulation) : null;
}

/** What a patient's populations amount to, in one or two words. */
export function membershipText(populations: PopulationCode[]): string {
  if (populations.length === 0) return 'not in the initial population';
  if (populations.includes('denominator-exclusion')) return 'excluded';
  if (populations.includes('denominator-exception')) return 'exception';
  if (populations.includes('numerator-exclusion')) return 'numerator exclusion';
  if (populations.includes('numerator')) return 'in the numerator';
  if (populations.includes('denominator')) return 'in the denominator, not in the numerator';
  return 'in the initial population only';
}
