import type { MeasureGroup } from 'fhir/r4';
import {
  aggregateMethods,
  type AggregateMethod,
  type ObservationDefinition,
  type PopulationDefinition,
  type Scoring,
} from './definition';
import { codeOf, extensionCode } from './extensions';
import type { Place } from './place';
import { defineName, observationCodes } from './read-populations';

const spellings: Record<string, AggregateMethod> = {
  avg: 'average',
  mean: 'average',
  min: 'minimum',
  max: 'maximum',
};

/**
 * The measure observations of a group. A ratio observes its denominator and its numerator, which `criteriaReference`
 * tells apart; some published measures refer to ids that no population has. There the order decides, denominator
 * first, as MADiE numbers them, and a warning says so.
 */
export function readObservations(
  group: MeasureGroup,
  scoring: Scoring,
  populations: readonly PopulationDefinition[],
  groupPlace: Place,
  warnings: string[],
): ObservationDefinition[] {
  const stated = (group.population ?? []).filter((population) =>
    observationCodes.includes(codeOf(population.code) ?? ''),
  );
  if (scoring === 'continuous-variable' && stated.length !== 1) {
    throw groupPlace.wrong(
      `a continuous variable needs one measure observation, and there are ${stated.length}`,
    );
  }
  if (stated.length > 0 && (scoring === 'proportion' || scoring === 'cohort')) {
    throw groupPlace.wrong(`scoring ${scoring} has no measure observation`);
  }
  if (stated.length > 2)
    throw groupPlace.wrong(`there are ${stated.length} measure observations, where 2 may be`);

  const observations = stated.map((population, index): ObservationDefinition => {
    const id = population.id ?? `measure-observation-${index + 1}`;
    const place = groupPlace.population(id);
    const reference = extensionCode(population, 'criteriaReference');
    const referred = populations.find((candidate) => candidate.id === reference);
    let of = referred?.code;
    if (scoring === 'continuous-variable') of ??= 'measure-population';
    if (!of && stated.length === 2) {
      of = index === 0 ? 'denominator' : 'numerator';
      warnings.push(
        `${place.toString()}: no population has the id ${reference ?? '(none)'} that it refers to; taken as the observation of the ${of}`,
      );
    }
    if (of !== 'denominator' && of !== 'numerator' && of !== 'measure-population') {
      throw place.wrong(
        `its criteriaReference ${reference ?? '(none)'} names no population that can be observed`,
      );
    }
    return {
      id,
      function: defineName(population.criteria, place),
      aggregateMethod: readMethod(population, place),
      of,
    };
  });
  if (observations.length === 2 && observations[0]!.of === observations[1]!.of) {
    throw groupPlace.wrong(`both measure observations refer to the ${observations[0]!.of}`);
  }
  return observations;
}

function readMethod(population: Parameters<typeof extensionCode>[0], place: Place): AggregateMethod {
  const stated = extensionCode(population, 'aggregateMethod');
  if (!stated) throw place.wrong('it has no aggregate method');
  const code = stated.toLowerCase();
  const method = aggregateMethods.find((known) => known === code) ?? spellings[code];
  if (!method)
    throw place.wrong(`unknown aggregate method "${stated}"; known are ${aggregateMethods.join(', ')}`);
  return method;
}
