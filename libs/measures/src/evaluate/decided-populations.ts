import type { ElmNode, ExpressionDef, Library } from '@catchment/elm';
import type { PopulationCode } from '../definition/definition';
import type { CompiledMeasure } from './compile-measure';

/** A population that a define decides: by itself, or through the define that does. */
export interface DecidedPopulation {
  groupId: string;
  population: PopulationCode;
  /** The Measure names this define for the population; else a define that it names refers to this one. */
  isDirect: boolean;
}

/** By define, as `defineKey` has it: every population of every group whose result rests on it. */
export function decidedPopulations({
  definition,
  library,
}: CompiledMeasure): Map<string, DecidedPopulation[]> {
  const decided = new Map<string, DecidedPopulation[]>();
  for (const { id: groupId, populations } of definition.groups) {
    for (const { code: population, define } of populations) {
      const direct = defineKey(library.id, library.version, define);
      for (const key of definesBehind(library, define)) {
        const known = decided.get(key) ?? [];
        known.push({ groupId, population, isDirect: key === direct });
        decided.set(key, known);
      }
    }
  }
  return decided;
}

export function defineKey(library: string, version: string | undefined, define: string): string {
  return JSON.stringify([library, version ?? null, define]);
}

/** The define and all that it refers to, directly or not, also through functions. */
function definesBehind(library: Library, define: string): Set<string> {
  const found = new Set<string>();
  const entered = new Set<ExpressionDef>();
  const enter = (owner: Library, name: string): void => {
    const definition = owner.expressions.get(name);
    if (!definition || entered.has(definition)) return;
    entered.add(definition);
    found.add(defineKey(owner.id, owner.version, name));
    walk(definition.expression, owner);
  };
  const walk = (node: unknown, owner: Library): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item, owner);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const elm = node as ElmNode;
    const of = typeof elm.libraryName === 'string' ? owner.includes.get(elm.libraryName) : owner;
    if (elm.type === 'ExpressionRef' && of) enter(of, String(elm.name));
    if (elm.type === 'FunctionRef' && of) {
      for (const definition of of.functions.get(String(elm.name)) ?? []) {
        if (entered.has(definition)) continue;
        entered.add(definition);
        walk(definition.expression, of);
      }
    }
    for (const [key, value] of Object.entries(elm)) {
      if (key !== 'annotation' && key !== 'resultTypeSpecifier' && key !== 'signature') walk(value, owner);
    }
  };
  enter(library, define);
  return found;
}
