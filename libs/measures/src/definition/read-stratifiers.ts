import type { MeasureGroup } from 'fhir/r4';
import { populationCodes, type PopulationCode, type StratifierDefinition } from './definition';
import { codeOf, extensionsOf } from './extensions';
import type { Place } from './place';
import { defineName, observationCodes } from './read-populations';

/**
 * The stratifiers of a group, each one criterion; `appliesTo` names populations by code. One without a criterion, as
 * authoring tools leave them, divides nothing: it is left out, and a warning says so. So is one of components, which
 * would divide by values: no population depends on it.
 */
export function readStratifiers(
  group: MeasureGroup,
  groupPlace: Place,
  warnings: string[],
): StratifierDefinition[] {
  return (group.stratifier ?? []).flatMap((stratifier, index) => {
    const id = stratifier.id ?? `stratifier-${index + 1}`;
    const place = groupPlace.stratifier(id);
    if (stratifier.component?.length) {
      warnings.push(`${place.toString()} has components, which are not supported: it is left out`);
      return [];
    }
    if (stratifier.criteria?.expression === undefined) {
      warnings.push(`${place.toString()} has no criteria expression and is left out`);
      return [];
    }
    const applies = extensionsOf(stratifier, 'appliesTo').flatMap((extension): PopulationCode[] => {
      const code = codeOf(extension.valueCodeableConcept) ?? extension.valueCode ?? extension.valueString;
      if (code !== undefined && observationCodes.includes(code)) return [];
      const known = populationCodes.find((candidate) => candidate === code);
      if (!known) throw place.wrong(`appliesTo names the unknown population "${code}"`);
      return [known];
    });
    return {
      id,
      define: defineName(stratifier.criteria, place),
      appliesTo: applies.length > 0 ? applies : undefined,
    };
  });
}
