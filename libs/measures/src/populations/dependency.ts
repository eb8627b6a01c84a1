import type { PopulationCode, Scoring } from '../definition/definition';

/** SQL over raw memberships (`raw.<column>`, Boolean, never null): the populations after their dependency. */
export type Dependency = Partial<Record<PopulationCode, string>>;

/** SQL name of a population: its code with underscores. */
export function columnOf(code: PopulationCode): string {
  return code.replaceAll('-', '_');
}

/**
 * Population dependency (CQF measures guide, "Proportion / ratio / continuous variable measure scoring"): who counts
 * where, given who meets the criteria. Every row is in an initial population already.
 *
 * - proportion: exclusions come out of the denominator before the numerator is looked at; exceptions only of those
 *   who are not in the numerator.
 * - ratio: denominator and numerator are independent of each other; each has its own exclusions.
 * - continuous variable: exclusions within the measure population.
 *
 * @param has the codes that the group defines; a population that it lacks is null.
 */
export function dependencyOf(scoring: Scoring, has: ReadonlySet<PopulationCode>): Dependency {
  const raw = (code: PopulationCode): string => (has.has(code) ? `raw.${columnOf(code)}` : 'false');
  const dependency = ((): Dependency => {
    switch (scoring) {
      case 'proportion': {
        const denominator = raw('denominator');
        const exclusion = and(denominator, raw('denominator-exclusion'));
        const numerator = and(denominator, not(raw('denominator-exclusion')), raw('numerator'));
        return {
          denominator,
          'denominator-exclusion': exclusion,
          numerator,
          'numerator-exclusion': and(numerator, raw('numerator-exclusion')),
          'denominator-exception': and(
            denominator,
            not(raw('denominator-exclusion')),
            not(raw('numerator')),
            raw('denominator-exception'),
          ),
        };
      }
      case 'ratio':
        return {
          denominator: raw('denominator'),
          'denominator-exclusion': and(raw('denominator'), raw('denominator-exclusion')),
          numerator: raw('numerator'),
          'numerator-exclusion': and(raw('numerator'), raw('numerator-exclusion')),
        };
      case 'continuous-variable':
        return {
          'measure-population': raw('measure-population'),
          'measure-population-exclusion': and(raw('measure-population'), raw('measure-population-exclusion')),
        };
      case 'cohort':
        return {};
    }
  })();
  return Object.fromEntries(Object.entries(dependency).filter(([code]) => has.has(code as PopulationCode)));
}

/** Who is observed: the members of the observed population that no exclusion takes out, over result columns. */
export function observedOf(
  of: 'denominator' | 'numerator' | 'measure-population',
  has: ReadonlySet<PopulationCode>,
): string {
  const exclusion = `${of}-exclusion` as PopulationCode;
  return has.has(exclusion) ? `${columnOf(of)} and not ${columnOf(exclusion)}` : columnOf(of);
}

function and(...terms: string[]): string {
  return terms.includes('false') ? 'false' : terms.filter((term) => term !== 'true').join(' and ');
}

function not(term: string): string {
  return term === 'false' ? 'true' : `not ${term}`;
}
