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

/**
 * The CQL text of a define with the comment right above it, from the translator's annotations; undefined when the ELM
 * has none.
 */
export function cqlText(definition: ExpressionDef): string | undefined {
  const root = definition.annotation?.find(({ s }) => s)?.s;
  return root && withoutSectionComments(textOf(root).trim());
}

const leadingComment = /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)(\s*)/y;

/** Headings of a section belong to the library: comments that a blank line parts from the define, or between rules. */
export function withoutSectionComments(text: string): string {
  let start = 0;
  let position = 0;
  const kept: string[] = [];
  for (;;) {
    leadingComment.lastIndex = position;
    const match = leadingComment.exec(text);
    if (!match) break;
    position = leadingComment.lastIndex;
    kept.push(match[1]!);
    if (/\n\s*\n/.test(match[2]!)) {
      start = position;
      kept.length = 0;
    }
  }
  const isHeading = kept.length > 0 && isRule(kept[0]!) && isRule(kept.at(-1)!);
  return text.slice(isHeading ? position : start);
}

/** A comment without a word, such as `//` or `// -----`. */
function isRule(comment: string): boolean {
  return !/[\p{L}\p{N}]/u.test(comment);
}

function textOf(node: AnnotationNode): string {
  return (node.value ?? []).join('') + (node.s ?? []).map(textOf).join('');
}
