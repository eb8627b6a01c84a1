import type { ElmNode } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import type { Value } from '../value/value';
import type { Context } from './context';

/** Lowers one ELM node type. */
export type Lowering = (node: ElmNode, context: Context) => Value;

/** The operators of one chapter, by ELM node type. */
export type Operators = Record<string, Lowering>;

let lowerNode: Lowering | undefined;

/** Set once by `lower.ts`, which knows all chapters; the chapters themselves need only this. */
export function setLowering(lowering: Lowering): void {
  lowerNode = lowering;
}

/** Lowers any ELM node. */
export function lower(node: ElmNode | undefined, context: Context): Value {
  if (!node) throw new Defect(`a missing operand in define ${context.define} of ${context.library.id}`);
  if (!lowerNode) throw new Defect('the operator chapters are not registered');
  return lowerNode(node, context);
}

export function operands(node: ElmNode): ElmNode[] {
  if (Array.isArray(node.operand)) return node.operand;
  return node.operand ? [node.operand] : [];
}

export function unary(build: (operand: Value, node: ElmNode, context: Context) => Value): Lowering {
  return (node, context) => build(lower(operands(node)[0], context), node, context);
}

export function binary(
  build: (left: Value, right: Value, node: ElmNode, context: Context) => Value,
): Lowering {
  return (node, context) => {
    const [left, right] = operands(node);
    return build(lower(left, context), lower(right, context), node, context);
  };
}

export function precisionOf(node: ElmNode): string | undefined {
  return typeof node.precision === 'string' ? node.precision : undefined;
}
