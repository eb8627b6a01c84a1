import type { Expression, MeasureGroup } from 'fhir/r4';
import { populationCodes, type PopulationCode, type PopulationDefinition, type Scoring } from './definition';
import { codeOf, extensionCode } from './extensions';
import type { Place } from './place';

/** Codes of measure observations; the second is R5's and MADiE's word for continuous variables. */
export const observationCodes = ['measure-observation', 'measure-population-observation'];

/** Which populations a scoring must have and which it may have (CQF measures guide, "Measure population criteria"). */
const allowed: Record<Scoring, { required: PopulationCode[]; optional: PopulationCode[] }> = {
  proportion: {
    required: ['initial-population', 'denominator', 'numerator'],
    optional: ['denominator-exclusion', 'denominator-exception', 'numerator-exclusion'],
  },
  ratio: {
    required: ['initial-population', 'denominator', 'numerator'],
    optional: ['denominator-exclusion', 'numerator-exclusion'],
  },
  'continuous-variable': {
    required: ['initial-population', 'measure-population'],
    optional: ['measure-population-exclusion'],
  },
  cohort: { required: ['initial-population'], optional: [] },
};

/** The populations of a group other than observations, checked against what its scoring allows. */
export function readPopulations(group: MeasureGroup, scoring: Scoring, place: Place): PopulationDefinition[] {
  const populations = (group.population ?? [])
    .filter((population) => !observationCodes.includes(codeOf(population.code) ?? ''))
    .map((population, index): PopulationDefinition => {
      const code = codeOf(population.code);
      const id = population.id ?? code ?? `population-${index + 1}`;
      const known = populationCodes.find((candidate) => candidate === code);
      if (!known)
        throw place.population(id).wrong(code ? `unknown population code "${code}"` : 'it has no code');
      return {
        id,
        code: known,
        define: defineName(population.criteria, place.population(id)),
        drawsFrom: extensionCode(population, 'criteriaReference'),
      };
    });
  checkPresence(populations, scoring, place);
  return populations.map((population) => ({
    ...population,
    drawsFrom: initialPopulationOf(population, populations, place),
  }));
}

function checkPresence(populations: readonly PopulationDefinition[], scoring: Scoring, place: Place): void {
  const { required, optional } = allowed[scoring];
  for (const code of required) {
    if (!populations.some((population) => population.code === code)) {
      throw place.wrong(`scoring ${scoring} needs a population ${code}`);
    }
  }
  for (const { id, code } of populations) {
    if (![...required, ...optional].includes(code)) {
      throw place.population(id).wrong(`scoring ${scoring} has no population ${code}`);
    }
    const several = populations.filter((population) => population.code === code).length;
    const most = scoring === 'ratio' && code === 'initial-population' ? 2 : 1;
    if (several > most) throw place.wrong(`there are ${several} populations ${code}, where ${most} may be`);
  }
}

/** With two initial populations, denominator and numerator must say which is theirs. */
function initialPopulationOf(
  population: PopulationDefinition,
  populations: readonly PopulationDefinition[],
  place: Place,
): string | undefined {
  const initial = populations.filter(({ code }) => code === 'initial-population');
  if (initial.length < 2 || !['denominator', 'numerator'].includes(population.code)) return undefined;
  const found = initial.find(({ id }) => id === population.drawsFrom);
  if (!found) {
    throw place
      .population(population.id)
      .wrong(
        `the group has ${initial.length} initial populations and no criteriaReference names the one it draws from`,
      );
  }
  return found.id;
}

/**
 * The name of the define that a criteria names.
 * @throws Diagnostic when it names none, or holds an expression of another language.
 */
export function defineName(criteria: Expression | undefined, place: Place): string {
  if (!criteria?.expression) throw place.wrong('it has no criteria expression');
  const languages = ['text/cql-identifier', 'text/cql.identifier', 'text/cql'];
  if (criteria.language && !languages.includes(criteria.language)) {
    throw place.wrong(
      `its criteria are written in ${criteria.language}; only the name of a CQL define is understood`,
    );
  }
  return criteria.expression;
}
