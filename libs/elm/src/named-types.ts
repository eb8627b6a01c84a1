import type { ElmLibrary } from './types';

/**
 * Names the choice types of a library: translators before 3.0 write the JSON of a ChoiceTypeSpecifier with an empty
 * element `type` (a list that CQL 1.3 deprecated) in the place of the node's type. What is named stays as it is.
 */
export function nameChoiceTypes(library: ElmLibrary): ElmLibrary {
  return named(library) as ElmLibrary;
}

function named(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(named);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => [key, named(value)]);
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  if (!Array.isArray(copy.type)) return copy;
  const { type: deprecated, choice, ...rest } = copy;
  return { ...rest, type: 'ChoiceTypeSpecifier', choice: choice ?? deprecated };
}
