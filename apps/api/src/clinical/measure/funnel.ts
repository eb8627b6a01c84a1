import type { FunnelStep, ListedPopulation, PopulationCounts } from '../contract';

const steps: [ListedPopulation, string, keyof PopulationCounts][] = [
  ['initial-population', 'Initial population', 'initialPopulation'],
  ['denominator', 'Denominator', 'denominator'],
  ['denominator-exclusion', 'Exclusions', 'denominatorExclusion'],
  ['denominator-exception', 'Exceptions', 'denominatorException'],
  ['performance-denominator', 'Counted in the rate', 'performanceDenominator'],
  ['numerator', 'Numerator', 'numerator'],
  ['numerator-exclusion', 'Numerator exclusions', 'numeratorExclusion'],
  ['performance-numerator', 'Numerator of the rate', 'performanceNumerator'],
  ['measure-population', 'Measure population', 'measurePopulation'],
  ['measure-population-exclusion', 'Measure population exclusions', 'measurePopulationExclusion'],
];

/** From the initial population to the numerator of the rate; what the group does not define is no step. */
export function funnelOf(counts: PopulationCounts): FunnelStep[] {
  return steps.flatMap(([population, label, count]) => {
    const value = counts[count];
    return value === null ? [] : [{ population, label, count: value }];
  });
}
