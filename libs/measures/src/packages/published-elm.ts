import type { AnnotationNode, ElmLibrary } from '@catchment/elm';
import { libraryName, type LibrarySource } from './library-pool';

/**
 * Why published ELM is not what its library's CQL text says; undefined when it is, or when there is no text. Packages
 * are met whose text was edited after the ELM was made: the ELM then carries another version, other includes, or
 * (in its annotations, which quote the text) other statements.
 */
export function staleness(elm: ElmLibrary, source: LibrarySource): string | undefined {
  if (source.cql === undefined) return undefined;
  if (elm.identifier.id !== source.id || (elm.identifier.version ?? '') !== (source.version ?? '')) {
    return `it is of ${libraryName(elm.identifier)}`;
  }
  const included = (elm.includes?.def ?? []).map(
    ({ path, version }) => `${path.split('/').at(-1)}|${version ?? ''}`,
  );
  const declared = source.includes.map(({ id, version }) => `${id}|${version ?? ''}`);
  if (included.sort().join() !== declared.sort().join()) return 'it has other includes';
  const text = withoutSpaces(source.cql);
  const other = (elm.statements?.def ?? []).find(
    ({ annotation }) => !text.includes(withoutSpaces(quoted(annotation))),
  );
  return other && `its "${other.name}" reads differently`;
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
