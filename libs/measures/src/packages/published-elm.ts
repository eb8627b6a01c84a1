import { countDefines } from '@catchment/cql';
import type { AnnotationNode, ElmLibrary } from '@catchment/elm';
import { libraryName, type LibrarySource } from './library-pool';

/** Published ELM that says what its library's CQL text says, or why it does not. */
export type PublishedElm = { elm: ElmLibrary; restamped?: string } | { stale: string };

/**
 * Checks published ELM against the CQL text that it comes with: packages are met whose text was edited after the ELM
 * was made. Includes, statements (which the ELM's annotations quote), value sets and codes must be those of the text.
 * An authoring tool gives a library its final version after it made the ELM; when everything else agrees, such ELM
 * gets the version of its text. Without a text there is nothing to compare.
 */
export function checkPublished(elm: ElmLibrary, source: LibrarySource): PublishedElm {
  if (source.cql === undefined) return { elm };
  const { identifier } = elm;
  const without = defineWithoutRow(elm);
  if (without !== undefined) return { stale: `its "${without}" reads an element of nothing` };
  if (identifier.id !== source.id) return { stale: `it is of ${libraryName(identifier)}` };
  const difference = differs(elm, source, source.cql);
  if (difference) return { stale: difference };
  if ((identifier.version ?? '') === (source.version ?? '')) return { elm };
  return {
    elm: { ...elm, identifier: { ...identifier, version: source.version } },
    restamped: identifier.version ?? 'none',
  };
}

/**
 * Translators of the 3.10 line forget the alias where they expand a medication's reference (`code in "Set"` of the
 * referred Medication): an engine would read null there, and no referred medication would ever count.
 * @returns the define in which it stands
 */
function defineWithoutRow(elm: ElmLibrary): string | undefined {
  const isNothing = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(isNothing);
    if (typeof node !== 'object' || node === null) return false;
    const { type, source, scope } = node as { type?: unknown; source?: unknown; scope?: unknown };
    if (type === 'Property' && source === undefined && scope === undefined) return true;
    return Object.values(node).some(isNothing);
  };
  return elm.statements?.def.find(({ expression }) => isNothing(expression))?.name;
}

function differs(elm: ElmLibrary, source: LibrarySource, cql: string): string | undefined {
  const included = (elm.includes?.def ?? []).map(
    ({ path, version }) => `${path.split('/').at(-1)}|${version ?? ''}`,
  );
  const declared = source.includes.map(({ id, version }) => `${id}|${version ?? ''}`);
  if (included.sort().join() !== declared.sort().join()) return 'it has other includes';
  const statements = (elm.statements?.def ?? []).filter(({ annotation }) => (annotation?.length ?? 0) > 0);
  if (statements.length !== countDefines(cql)) return 'it has other statements';
  const text = withoutSpaces(cql);
  const other = statements.find(({ annotation }) => !text.includes(withoutSpaces(quoted(annotation))));
  if (other) return `its "${other.name}" reads differently`;
  const ids = [...(elm.valueSets?.def ?? []), ...(elm.codes?.def ?? []), ...(elm.codeSystems?.def ?? [])];
  const unknown = ids.find(({ id }) => !cql.includes(`'${id}'`));
  return unknown && `its "${unknown.name}" is ${unknown.id}, which the text does not name`;
}

function quoted(annotations: readonly { s?: AnnotationNode }[] | undefined): string {
  return (annotations ?? []).map(({ s }) => (s ? textOf(s) : '')).join('');
}

function textOf({ value, s }: AnnotationNode): string {
  return (value ?? []).join('') + (s ?? []).map(textOf).join('');
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}
