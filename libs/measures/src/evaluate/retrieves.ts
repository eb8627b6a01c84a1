import type { ElmNode, ExpressionDef, Library } from '@catchment/elm';
import type { RetrieveRecord } from '@catchment/warehouse';
import type { CompiledMeasure } from './compile-measure';
import { findLibrary } from './define-source';
import { explainedDefines } from './explained-defines';

/** The retrieves of a measure's defines: which resources, by which value set or code. */
export function retrievesOf(measure: CompiledMeasure): RetrieveRecord[] {
  const records = explainedDefines(measure).flatMap(({ output }) => {
    const library = findLibrary(measure.library, output.library, output.version);
    const definition = library?.expressions.get(output.define);
    if (!library || !definition?.expression) return [];
    const found: Found[] = [];
    collect(definition.expression, library, new Set(), found);
    return found.map((record) => ({ library: library.id, define: output.define, ...record }));
  });
  const distinct = new Map(records.map((record) => [JSON.stringify(record), record]));
  return [...distinct.values()];
}

type Found = Omit<RetrieveRecord, 'library' | 'define'>;

/** Walks an expression and the functions that it calls; other defines have entries of their own. */
function collect(node: unknown, library: Library, entered: Set<ExpressionDef>, found: Found[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, library, entered, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const elm = node as ElmNode;
  if (elm.type === 'Retrieve') found.push(...readRetrieve(elm, library));
  if (elm.type === 'FunctionRef') {
    const owner = ownerOf(elm, library);
    for (const definition of owner?.functions.get(String(elm.name)) ?? []) {
      if (entered.has(definition)) continue;
      entered.add(definition);
      collect(definition.expression, owner!, entered, found);
    }
  }
  for (const [key, value] of Object.entries(elm)) {
    if (key !== 'annotation' && key !== 'resultTypeSpecifier' && key !== 'signature') {
      collect(value, library, entered, found);
    }
  }
}

/** A retrieve without a code filter that can be read is of its type alone. */
function readRetrieve(retrieve: ElmNode, library: Library): Found[] {
  const type = String(retrieve.dataType).replace(/^\{.*\}/, '');
  const codes = codesOf(retrieve.codes, library);
  return codes.length > 0 ? codes.map((code) => ({ type, ...code })) : [{ type, name: type }];
}

function codesOf(node: unknown, library: Library): Omit<Found, 'type'>[] {
  if (Array.isArray(node)) return node.flatMap((item) => codesOf(item, library));
  if (typeof node !== 'object' || node === null) return [];
  const elm = node as ElmNode;
  const owner = ownerOf(elm, library);
  const name = String(elm.name);
  if (elm.type === 'ValueSetRef') {
    const valueSet = owner?.valueSets.get(name);
    return valueSet ? [{ name, canonical: valueSet.id }] : [];
  }
  if (elm.type === 'CodeRef') return codeOf(name, owner);
  if (elm.type === 'ConceptRef') {
    const concept = owner?.concepts.get(name);
    return (concept?.code ?? []).flatMap((code) =>
      codeOf(code.name, code.libraryName ? owner?.includes.get(code.libraryName) : owner),
    );
  }
  return [elm.operand, elm.element, elm.codes].flatMap((child) => codesOf(child, library));
}

function codeOf(name: string, owner: Library | undefined): Omit<Found, 'type'>[] {
  const code = owner?.codes.get(name);
  if (!owner || !code) return [];
  const systems = code.codeSystem.libraryName ? owner.includes.get(code.codeSystem.libraryName) : owner;
  return [{ name, system: systems?.codeSystems.get(code.codeSystem.name), code: code.id }];
}

function ownerOf(node: ElmNode, library: Library): Library | undefined {
  return typeof node.libraryName === 'string' ? library.includes.get(node.libraryName) : library;
}
