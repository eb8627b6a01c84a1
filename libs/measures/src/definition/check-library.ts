import type { Library } from '@catchment/elm';
import type { MeasureDefinition } from './definition';
import { Place } from './place';

/**
 * Checks that the primary library has what the populations, stratifiers and observations of a measure name.
 * Supplemental data that the library lacks decide no result: they are returned, not refused.
 *
 * @returns the definition without the supplemental data that cannot be computed, and a warning for each of them.
 * @throws Diagnostic naming the population or stratifier whose expression is not in the library.
 */
export function checkAgainstLibrary(definition: MeasureDefinition, library: Library): MeasureDefinition {
  const place = Place.measure(definition.id);
  const missing = (define: string): string => `library ${library.id} has no define "${define}"`;
  for (const group of definition.groups) {
    const groupPlace = place.group(group.id);
    for (const { id, define } of group.populations) {
      if (!library.expressions.has(define)) throw groupPlace.population(id).wrong(missing(define));
    }
    for (const { id, define } of group.stratifiers) {
      if (!library.expressions.has(define)) throw groupPlace.stratifier(id).wrong(missing(define));
    }
    for (const observation of group.observations) {
      if (!library.functions.has(observation.function)) {
        throw groupPlace
          .population(observation.id)
          .wrong(`library ${library.id} has no function "${observation.function}"`);
      }
    }
  }
  const absent = definition.supplementalData.filter(({ define }) => !library.expressions.has(define));
  return {
    ...definition,
    supplementalData: definition.supplementalData.filter((data) => !absent.includes(data)),
    warnings: [
      ...definition.warnings,
      ...absent.map(({ id, define }) => `${place.supplementalData(id).toString()}: ${missing(define)}`),
    ],
  };
}
