import type { MeasureGroup } from 'fhir/r4';
import { Unsupported } from '@catchment/platform';
import { populationCodes, type PopulationCode, type StratifierDefinition } from './definition';
import { codeOf, extensionsOf } from './extensions';
import type { Place } from './place';
import { defineName, observationCodes } from './read-populations';

/** The stratifiers of a group, each one criterion; `appliesTo` names populations by code. */
export function readStratifiers(group: MeasureGroup, groupPlace: Place): StratifierDefinition[] {
  return (group.stratifier ?? []).map((stratifier, index) => {
    const id = stratifier.id ?? `stratifier-${index + 1}`;
    const place = groupPlace.stratifier(id);
    if (stratifier.component?.length) throw new Unsupported(`stratifier components (${place.toString()})`);
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
