import { quoteIdentifier } from './database';

/**
 * A place in a resource type that holds concept keys, found again from both sides: the key in the typed row,
 * the codings in the JSON that was read. A scan over keys finds the new ones; only their rows' codings are read.
 */
export interface ConceptSite {
  /** `concept`: keys of `dictionary.concept`; `list`: keys of `dictionary.concept_list`. */
  kind: 'concept' | 'list';
  /** Name of the column or struct field that holds them. */
  column: string;
  /** Is the column the key itself, not a list or a struct around keys? */
  plain: boolean;
  /** SQL: the value of that column → list of keys. */
  keys: (value: string) => string;
  /** SQL: the raw struct → list of coding lists (`concept`), or list of lists of coding lists (`list`). */
  codings: (raw: string) => string;
}

/** The site of a CodeableConcept or Coding element itself. */
export function conceptSite(
  column: string,
  json: string,
  list: boolean,
  codingsOf: (value: string) => string,
  depth: number,
): ConceptSite {
  const pair = `c${depth}`;
  const codings = (value: string): string =>
    `list_transform(coalesce(${codingsOf(value)}, []), lambda ${pair}: struct_pack(` +
    `system := ${pair}.system, code := ${pair}.code, display := ${pair}.display))`;
  const element = `e${depth}`;
  return {
    kind: list ? 'list' : 'concept',
    column,
    plain: true,
    keys: (value) => `[${value}]`,
    codings: (raw) => {
      const value = `${raw}.${quoteIdentifier(json)}`;
      return list
        ? `case when len(${value}) > 0 then [list_transform(${value}, lambda ${element}: ${codings(element)})] else [] end`
        : `case when ${value} is not null then [${codings(value)}] else [] end`;
    },
  };
}

/** A site inside a struct (or list of structs) element. */
export function underStruct(
  column: string,
  json: string,
  list: boolean,
  site: ConceptSite,
  depth: number,
): ConceptSite {
  return {
    kind: site.kind,
    column,
    plain: false,
    keys: (value) =>
      collect(list, value, depth, (element) => site.keys(`${element}.${quoteIdentifier(site.column)}`)),
    codings: (raw) => collect(list, `${raw}.${quoteIdentifier(json)}`, depth, site.codings),
  };
}

/** A site in a column with a dotted name, beside a concept or primitive. */
export function underConcept(
  column: string,
  json: string,
  list: boolean,
  site: ConceptSite,
  depth: number,
): ConceptSite {
  return {
    kind: site.kind,
    column: `${column}.${site.column}`,
    plain: site.plain && !list,
    keys: (value) => collect(list, value, depth, site.keys),
    codings: (raw) => collect(list, `${raw}.${quoteIdentifier(json)}`, depth, site.codings),
  };
}

function collect(list: boolean, value: string, depth: number, inner: (element: string) => string): string {
  const element = `e${depth}`;
  return list ? `flatten(list_transform(${value}, lambda ${element}: ${inner(element)}))` : inner(value);
}
