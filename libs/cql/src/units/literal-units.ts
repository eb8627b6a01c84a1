import type { ElmLibrary, Library } from '@catchment/elm';
import { unitText } from '../lower/values';

/** Operators that make a quantity of a text. */
const parsing = new Set([
  'ToQuantity',
  'ConvertsToQuantity',
  'ToRatio',
  'ConvertQuantity',
  'CanConvertQuantity',
]);

/** Every unit that a library and what it includes write: they are bound together with the units of the data. */
export function literalUnits(library: Library): Set<string> {
  const units = new Set<string>();
  const seen = new Set<Library>();
  const readLibrary = (one: Library): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const include of one.includes.values()) readLibrary(include);
    for (const unit of ownUnits(one.elm)) units.add(unit);
  };
  readLibrary(library);
  return units;
}

/** Measures share the parsed text of what they include, which nobody changes. */
const read = new WeakMap<ElmLibrary, ReadonlySet<string>>();

function ownUnits(elm: ElmLibrary): ReadonlySet<string> {
  const known = read.get(elm);
  if (known) return known;
  const units = new Set<string>();
  const readNode = (node: unknown, parsed: boolean): void => {
    if (Array.isArray(node)) return node.forEach((item) => readNode(item, parsed));
    if (typeof node !== 'object' || node === null) return;
    const properties = node as Record<string, unknown>;
    const { type } = properties;
    const inside = parsed || (typeof type === 'string' && parsing.has(type));
    for (const name in properties) {
      const value = properties[name];
      if (typeof value === 'object' && name !== 'annotation') readNode(value, inside);
      if (typeof value !== 'string') continue;
      if (name === 'unit') units.add(unitText(value));
      if (name === 'value' && inside) unitsOfText(value).forEach((unit) => units.add(unit));
    }
  };
  readNode(elm.statements, false);
  readNode(elm.parameters, false);
  read.set(elm, units);
  return units;
}

/** `5 'mg':10 'mL'` names mg and mL; a text without quotes may itself be a unit. */
function unitsOfText(text: string): string[] {
  const quoted = [...text.matchAll(/'([^']*)'/g)].map((match) => match[1]!);
  return quoted.length > 0 ? quoted : [unitText(text)];
}
