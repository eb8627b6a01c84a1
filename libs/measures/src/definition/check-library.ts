import type { Library } from '@catchment/elm';
import type { MeasureDefinition } from './definition';
import { Place } from './place';

/**
 * Fits a definition to its primary library. A name that the library has only in other letters of upper and lower case
 * is taken with a warning: some published measures spell a define in two ways. Supplemental data that the library
 * lacks decide no result: they are left out, with a warning.
 *
 * @throws Diagnostic naming the population, observation or stratifier whose expression is not in the library.
 */
export function checkAgainstLibrary(definition: MeasureDefinition, library: Library): MeasureDefinition {
  const measurePlace = Place.measure(definition.id);
  const warnings = [...definition.warnings];
  const find = (name: string, among: ReadonlyMap<string, unknown>, place: Place): string | undefined => {
    if (among.has(name)) return name;
    const folded = name.toLowerCase();
    const similar = [...among.keys()].filter((candidate) => candidate.toLowerCase() === folded);
    if (similar.length !== 1) return undefined;
    warnings.push(`${place.toString()}: it names "${name}"; library ${library.id} spells it "${similar[0]}"`);
    return similar[0];
  };
  const demand = (kind: 'define' | 'function', name: string, place: Place): string => {
    const found = find(name, kind === 'define' ? library.expressions : library.functions, place);
    if (found === undefined) throw place.wrong(`library ${library.id} has no ${kind} "${name}"`);
    return found;
  };
  const groups = definition.groups.map((group) => {
    const place = measurePlace.group(group.id);
    return {
      ...group,
      populations: group.populations.map((population) => ({
        ...population,
        define: demand('define', population.define, place.population(population.id)),
      })),
      observations: group.observations.map((observation) => ({
        ...observation,
        function: demand('function', observation.function, place.population(observation.id)),
      })),
      stratifiers: group.stratifiers.map((stratifier) => ({
        ...stratifier,
        define: demand('define', stratifier.define, place.stratifier(stratifier.id)),
      })),
    };
  });
  const supplementalData = definition.supplementalData.flatMap((data) => {
    const place = measurePlace.supplementalData(data.id);
    const define = find(data.define, library.expressions, place);
    if (define !== undefined) return [{ ...data, define }];
    warnings.push(
      `${place.toString()}: library ${library.id} has no define "${data.define}"; it is left out`,
    );
    return [];
  });
  return { ...definition, groups, supplementalData, warnings };
}
