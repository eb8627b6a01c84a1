import type { ValueSet, ValueSetComposeInclude, ValueSetExpansionContains } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';
import { codeKey, type CodeKey, type ComposePart, type ValueSetSource } from './value-set';

/** The size at which published expansions are cut when they do not say how many codes there are. */
const usualPage = 1000;

/**
 * Reads a FHIR ValueSet resource.
 * In an expansion, `abstract` entries and entries without a code group others and are no codes themselves; entries
 * below them count. Inactive codes that the expansion lists are kept: who expanded it decided to list them.
 * @throws Diagnostic for a value set without a canonical URL.
 */
export function readValueSet(resource: ValueSet, from: string): ValueSetSource {
  if (!resource.url) {
    throw new Diagnostic(`the value set ${resource.id ?? resource.name ?? 'without id'} has no url`, {
      file: from,
    });
  }
  return {
    canonical: resource.url,
    version: resource.version,
    title: resource.title ?? resource.name,
    from,
    expansion: readExpansion(resource),
    compose: resource.compose && {
      include: resource.compose.include.map(readPart),
      exclude: (resource.compose.exclude ?? []).map(readPart),
    },
    displays: new Map([...composedDisplays(resource), ...expandedDisplays(resource.expansion?.contains)]),
  };
}

function readExpansion({ expansion }: ValueSet): ValueSetSource['expansion'] {
  if (!expansion) return undefined;
  const codes: CodeKey[] = [];
  let entries = 0;
  const collect = (contains: readonly ValueSetExpansionContains[]): void => {
    for (const entry of contains) {
      entries += 1;
      if (entry.code !== undefined && !entry.abstract) codes.push(codeKey(entry.system, entry.code));
      if (entry.contains) collect(entry.contains);
    }
  };
  collect(expansion.contains ?? []);
  const flag = expansion.extension?.find(
    ({ url, valueBoolean }) => /valueset-(toocostly|unclosed)$/.test(url) && valueBoolean !== false,
  );
  const count = expansion.parameter?.find(({ name }) => name === 'count')?.valueInteger;
  const unknownTotal =
    expansion.total === undefined && entries >= usualPage && (count ?? usualPage) === entries;
  return {
    codes,
    entries,
    total: expansion.total,
    offset: expansion.offset ?? 0,
    partial: flag
      ? `the expansion says so (${flag.url.split('/').at(-1)})`
      : unknownTotal
        ? `the expansion ends at exactly ${entries} codes and gives no total`
        : undefined,
  };
}

function expandedDisplays(contains: readonly ValueSetExpansionContains[] = []): [CodeKey, string][] {
  return contains.flatMap(({ system, code, display, contains: below }) => [
    ...(code !== undefined && display ? [[codeKey(system, code), display] as [CodeKey, string]] : []),
    ...expandedDisplays(below),
  ]);
}

function composedDisplays({ compose }: ValueSet): [CodeKey, string][] {
  return (compose?.include ?? []).flatMap(({ system, concept }) =>
    (concept ?? []).flatMap(({ code, display }) =>
      display ? [[codeKey(system, code), display] as [CodeKey, string]] : [],
    ),
  );
}

function readPart(part: ValueSetComposeInclude): ComposePart {
  return {
    system: part.system,
    concepts: part.concept?.map((concept) => concept.code),
    valueSets: part.valueSet ?? [],
    filtered: (part.filter?.length ?? 0) > 0,
  };
}
