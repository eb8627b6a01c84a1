import type { ElmNode } from '@catchment/elm';
import type { Value } from '../value/value';
import type { Lowering } from './operators';

/** Expressions that stand several times in a function, with the first of those that say the same. */
const firsts = new WeakMap<ElmNode, ElmNode>();

/** Functions that were looked through. */
const known = new WeakSet<ElmNode>();

/**
 * Finds what stands several times in the expression of a function: the translator writes an interval once for each part
 * of it that it converts, and conversions inside conversions multiply (QICoreCommon's `abatementInterval` has 889 nodes,
 * 64 of them different).
 */
export function findRepeats(expression: ElmNode): void {
  if (known.has(expression)) return;
  known.add(expression);
  const numbered = new Map<string, { number: number; first: ElmNode }>();
  const keyOf = (part: unknown): string => {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    if (Array.isArray(part)) return `[${part.map(keyOf).join()}]`;
    const node = part as ElmNode;
    let key = '';
    for (const name in node)
      if (!isPosition(name) && !followsFromRest(name)) key += `${name}:${keyOf(node[name])},`;
    const before = numbered.get(key);
    if (before) {
      firsts.set(node, before.first).set(before.first, before.first);
      return `#${before.number}`;
    }
    const number = numbered.size;
    numbered.set(key, { number, first: node });
    return `#${number}`;
  };
  keyOf(expression);
}

/** Does a property of an ELM node say where it stands? */
export function isPosition(key: string): boolean {
  return key === 'localId' || key === 'locator' || key === 'annotation';
}

/** Is a property of an ELM node a type that follows from what it says, for the same names in scope? */
function followsFromRest(key: string): boolean {
  return key === 'resultTypeName' || key === 'resultTypeSpecifier' || key === 'signature';
}

/** Lowers what says the same in a call of a function once for the same rows and names. */
export function once(lowering: Lowering): Lowering {
  return (node, context) => {
    const first = firsts.get(node);
    if (!first) return lowering(node, context);
    const { session, block } = context;
    const values = session.repeated.get(context) ?? new Map<ElmNode, Value>();
    session.repeated.set(context, values);
    const before = values.get(first);
    if (before) return before;
    const [variables, sources] = [session.variables, block.sources.length];
    const value = lowering(node, context);
    // What joins rows or names a variable does so each time.
    if (session.variables === variables && block.sources.length === sources) values.set(first, value);
    return value;
  };
}
