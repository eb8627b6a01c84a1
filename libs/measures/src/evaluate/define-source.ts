import type { AnnotationNode, ExpressionDef, Library } from '@catchment/elm';

/** The library of a name among a library and what it includes, directly or not. */
export function findLibrary(library: Library, id: string, version: string | undefined): Library | undefined {
  if (library.id === id && (version === undefined || library.version === version)) return library;
  for (const include of library.includes.values()) {
    const found = findLibrary(include, id, version);
    if (found) return found;
  }
  return undefined;
}

/** The CQL text of a define, from the translator's annotations; undefined when the ELM has none. */
export function cqlText(definition: ExpressionDef): string | undefined {
  const root = definition.annotation?.find(({ s }) => s)?.s;
  return root && textOf(root).trim();
}

function textOf(node: AnnotationNode): string {
  return (node.value ?? []).join('') + (node.s ?? []).map(textOf).join('');
}
