import { Diagnostic } from '@catchment/platform';

/** Subjects or episodes of one patient that meet a criterion, by population code. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>;

/** Members count when they are in the population `within` and in none of `without`. */
interface Rule {
  within?: string;
  without?: readonly string[];
}

/**
 * The measure flow of the FHIR Quality Measure IG for each scoring; a rule stands after those that it refers to.
 * The numerator of a ratio depends on the initial population only: its exclusions are a matter of its own.
 */
const flows: Record<string, Record<string, Rule>> = {
  proportion: {
    'initial-population': {},
    denominator: { within: 'initial-population' },
    'denominator-exclusion': { within: 'denominator' },
    numerator: { within: 'denominator', without: ['denominator-exclusion'] },
    'numerator-exclusion': { within: 'numerator' },
    'denominator-exception': { within: 'denominator', without: ['denominator-exclusion', 'numerator'] },
  },
  ratio: {
    'initial-population': {},
    denominator: { within: 'initial-population' },
    'denominator-exclusion': { within: 'denominator' },
    numerator: { within: 'initial-population' },
    'numerator-exclusion': { within: 'numerator' },
  },
  'continuous-variable': {
    'initial-population': {},
    'measure-population': { within: 'initial-population' },
    'measure-population-exclusion': { within: 'measure-population' },
  },
  cohort: { 'initial-population': {} },
};

/**
 * Applies the population dependency of a scoring to the raw criteria of one patient.
 * @throws Diagnostic for a scoring or a population that the flow does not know.
 */
export function applyDependency(scoring: string, criteria: Members): Members {
  const flow = flows[scoring];
  if (!flow) throw new Diagnostic(`unknown scoring "${scoring}"`);
  for (const code of criteria.keys()) {
    if (!flow[code]) throw new Diagnostic(`population "${code}" has no place in a ${scoring} measure`);
  }
  const counted = new Map<string, ReadonlySet<string>>();
  for (const [code, { within, without = [] }] of Object.entries(flow)) {
    const own = criteria.get(code);
    if (!own) continue;
    const counts = (member: string) =>
      (within === undefined || counted.get(within)?.has(member) === true) &&
      !without.some((other) => counted.get(other)?.has(member));
    counted.set(code, new Set([...own].filter(counts)));
  }
  return counted;
}
