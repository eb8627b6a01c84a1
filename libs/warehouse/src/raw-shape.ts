import type { DemandNode } from '@catchment/fhir';
import { list, mergeRawTypes, struct, text, type RawType } from './raw-type';
import { resolveProperty, type Property } from './resolve-property';

const coding = struct([
  ['system', text],
  ['code', text],
  ['display', text],
]);

/**
 * The JSON shape to read of a FHIR type for a demand: concepts always with their codings, every primitive as text
 * (a cast then fails on what is no number or date, where the JSON reader would make it null).
 */
export function rawStruct(type: string, demand: DemandNode): RawType & { kind: 'struct' } {
  const fields = new Map<string, RawType>();
  const add = (name: string, raw: RawType): void => {
    const present = fields.get(name);
    fields.set(name, present ? mergeRawTypes(present, raw) : raw);
  };
  for (const name of Object.keys(demand).sort()) {
    const property = resolveProperty(type, name);
    const node = demand[name]!;
    const raw = rawProperty(property, node);
    if (raw) add(property.json, property.list ? list(raw) : raw);
    const besides = primitiveSiblings(property, node);
    if (besides) add(`_${property.json}`, besides);
  }
  return { kind: 'struct', fields };
}

/** What FHIR's JSON keeps of a primitive in `_name`: its extensions and id. */
function primitiveSiblings({ form }: Property, node: DemandNode): RawType | undefined {
  if (form === 'struct' || form === 'concept') return undefined;
  const siblings = siblingDemand(node);
  return Object.keys(siblings).length > 0 ? rawStruct('Element', siblings) : undefined;
}

/** The part of a demand under a primitive that is not its value. */
export function siblingDemand(node: DemandNode): DemandNode {
  return Object.fromEntries(Object.entries(node).filter(([name]) => name === 'extension' || name === 'id'));
}

function rawProperty({ type, form }: Property, node: DemandNode): RawType | undefined {
  switch (form) {
    case 'concept':
      return mergeRawTypes(
        type === 'Coding' ? coding : struct([['coding', list(coding)]]),
        rawStruct(type, node),
      );
    case 'struct': {
      const raw = rawStruct(type, node);
      // Nothing is asked of it: not read.
      return raw.fields.size > 0 ? raw : undefined;
    }
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'string':
    case 'date':
    case 'dateTime':
    case 'time':
      return text;
  }
}
