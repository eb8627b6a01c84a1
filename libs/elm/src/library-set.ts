import { Diagnostic } from '@catchment/platform';
import type { CodeDef, ConceptDef, ElmLibrary, ExpressionDef, ParameterDef, ValueSetDef } from './types';

/** One checked library with its definitions by name and its includes resolved to other libraries of the set. */
export interface Library {
  id: string;
  version?: string;
  elm: ElmLibrary;
  includes: Map<string, Library>;
  expressions: Map<string, ExpressionDef>;
  functions: Map<string, ExpressionDef[]>;
  parameters: Map<string, ParameterDef>;
  valueSets: Map<string, ValueSetDef>;
  codes: Map<string, CodeDef>;
  concepts: Map<string, ConceptDef>;
  codeSystems: Map<string, string>;
}

/**
 * Reads a set of ELM libraries, resolves their includes and returns the main one.
 * @throws Diagnostic for translator errors inside a library, a missing include, a cyclic include.
 */
export function readLibraries(main: string, sources: readonly ElmLibrary[], mainVersion?: string): Library {
  const done = new Map<string, Library>();
  const open: string[] = [];

  const find = (id: string, version: string | undefined, from: string): ElmLibrary => {
    const candidates = sources.filter((source) => source.identifier.id === id);
    const found = candidates.find((source) => version === undefined || source.identifier.version === version);
    if (found) return found;
    const has = candidates.map((source) => source.identifier.version ?? 'no version').join(', ');
    throw new Diagnostic(
      `library ${id}${version ? ` version ${version}` : ''} is missing${has ? `; the package has ${has}` : ''}`,
      { library: from },
    );
  };

  const read = (elm: ElmLibrary): Library => {
    const key = `${elm.identifier.id}|${elm.identifier.version ?? ''}`;
    const known = done.get(key);
    if (known) return known;
    if (open.includes(key)) {
      throw new Diagnostic(`cyclic include: ${[...open, key].join(' → ')}`, { library: elm.identifier.id });
    }
    open.push(key);
    refuseErrors(elm);
    const library = index(elm);
    for (const include of elm.includes?.def ?? []) {
      const id = include.path.split('/').at(-1)!;
      library.includes.set(include.localIdentifier, read(find(id, include.version, elm.identifier.id)));
    }
    open.pop();
    done.set(key, library);
    return library;
  };

  return read(find(main, mainVersion, main));
}

/** The translator writes `Null` where it failed, so a library with errors must never run. */
function refuseErrors(elm: ElmLibrary): void {
  const error = translatorError(elm);
  if (error) {
    const { message, define, locator } = error;
    throw new Diagnostic(`the library has translator errors: ${message}`, {
      library: elm.identifier.id,
      define,
      locator,
    });
  }
}

/** The first error that the translator left in a library, with its place; undefined when it is sound. */
export function translatorError(
  elm: ElmLibrary,
): { message: string; define?: string; locator?: string } | undefined {
  const error = elm.annotation?.find((annotation) => annotation.errorSeverity === 'error');
  if (!error) return undefined;
  const { message = 'unknown', startLine, startChar, endLine, endChar } = error;
  if (startLine === undefined) return { message };
  const locator = `${startLine}:${startChar ?? 0}-${endLine ?? startLine}:${endChar ?? 0}`;
  return { message, define: defineAt(elm, startLine), locator };
}

/** The define whose text spans a line, by its locator (`line:column-line:column`). */
function defineAt(elm: ElmLibrary, line: number): string | undefined {
  const spans = ({ locator }: ExpressionDef): boolean => {
    const [start, end] = (locator ?? '').split('-').map((place) => Number(place.split(':')[0]));
    return start !== undefined && start <= line && line <= (end ?? start);
  };
  return elm.statements?.def.find(spans)?.name;
}

function index(elm: ElmLibrary): Library {
  const statements = elm.statements?.def ?? [];
  const functions = new Map<string, ExpressionDef[]>();
  for (const definition of statements.filter((statement) => statement.type === 'FunctionDef')) {
    functions.set(definition.name, [...(functions.get(definition.name) ?? []), definition]);
  }
  const byName = <T extends { name: string }>(definitions: T[] | undefined) =>
    new Map((definitions ?? []).map((definition) => [definition.name, definition]));
  return {
    id: elm.identifier.id,
    version: elm.identifier.version,
    elm,
    includes: new Map(),
    expressions: byName(statements.filter((statement) => statement.type !== 'FunctionDef')),
    functions,
    parameters: byName(elm.parameters?.def),
    valueSets: byName(elm.valueSets?.def),
    codes: byName(elm.codes?.def),
    concepts: byName(elm.concepts?.def),
    codeSystems: new Map((elm.codeSystems?.def ?? []).map((system) => [system.name, system.id])),
  };
}
