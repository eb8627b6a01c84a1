import { choiceProperty, elementsOf, findElement, normalForm, type NormalForm } from '@catchment/fhir';
import { Defect, Unsupported } from '@catchment/platform';

/** A JSON property of a FHIR type, choice alternatives resolved. */
export interface Property {
  /** Name in JSON and in the warehouse, for example `effectiveDateTime`. */
  name: string;
  /** Name of the JSON property that is read; differs for `SimpleQuantity` alternatives only. */
  json: string;
  type: string;
  form: NormalForm;
  list: boolean;
}

/**
 * Finds what a demanded property name means on a type.
 * @throws Defect when R4 has no such property: whoever made the demand did not check it.
 */
export function resolveProperty(type: string, name: string): Property {
  const element = findElement(type, name);
  if (element && !element.choice) return property(name, name, element.types[0]!, element.list);
  for (const stem of elementsOf(type)) {
    if (!name.startsWith(stem)) continue;
    const alternatives = findElement(type, stem)?.types ?? [];
    for (const alternative of alternatives) {
      // A profile of Quantity carries Quantity's name in JSON: dose[x] as SimpleQuantity is `doseQuantity`.
      const json = choiceProperty(stem, alternative === 'SimpleQuantity' ? 'Quantity' : alternative);
      if (alternatives.length > 1 && (name === json || name === choiceProperty(stem, alternative))) {
        return property(name, json, alternative, false);
      }
    }
  }
  throw new Defect(`FHIR R4 has no property "${name}" on ${type}`);
}

function property(name: string, json: string, type: string, list: boolean): Property {
  if (type === 'Resource') throw new Unsupported(`resources inside resources (${name})`);
  return { name, json, type, form: normalForm(type), list };
}
