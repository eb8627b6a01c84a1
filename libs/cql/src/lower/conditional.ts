import type { ElmNode } from '@catchment/elm';
import { and, isFalse, isNotNull, isNullLiteral, isTrue, not, type Expr } from '../plan/expression';
import { chooseValue } from '../value/combine';
import { valueIsNull } from '../value/structure';
import { NULL_VALUE, type Value } from '../value/value';
import type { Context } from './context';
import { equalValues } from './comparison';
import { booleanOf } from './logical';
import { lower, operands, type Operators } from './operators';
import { isList, toRelation, toSqlList } from './relation';
import { unionRows } from './unions';

/** A conditional whose branches may be rows: the rows of each branch, kept where the branch applies. */
export function choose(branches: { when: Expr; then: Value }[], otherwise: Value, context: Context): Value {
  const values = [...branches.map((branch) => branch.then), otherwise];
  if (!values.some((value) => value.kind === 'relation')) return chooseValue(branches, otherwise);
  if (context.lambda) {
    const lists = values.map((value) => (isList(value) ? toSqlList(value, context) : value));
    return chooseValue(
      branches.map(({ when }, index) => ({ when, then: lists[index]! })),
      lists.at(-1)!,
    );
  }
  const before: Expr[] = [];
  const relations = values.flatMap((value, index) => {
    const when = branches[index]?.when;
    const applies = and(...before.map((earlier) => not(definitely(earlier))), ...(when ? [when] : []));
    if (when) before.push(when);
    if (value.kind === 'null') return [];
    const relation = toRelation(value, context);
    relation.block.where.push(applies);
    return [relation];
  });
  return unionRows(relations, false);
}

/** True or false, never null: an unknown condition does not apply. */
function definitely(expr: Expr): Expr {
  return and(isNotNull(expr), expr);
}

interface Branch {
  when: ElmNode;
  then: ElmNode;
}

/**
 * A branch that cannot apply is not lowered: after inlining, `case when choice is T then …` asks for parts that the
 * value at hand, being no T, does not have.
 */
function branchesOf(
  items: Branch[],
  otherwise: ElmNode | undefined,
  condition: (when: Value) => Expr,
  context: Context,
): Value {
  const branches: { when: Expr; then: Value }[] = [];
  for (const item of items) {
    const when = condition(lower(item.when, context));
    if (isFalse(when) || isNullLiteral(when)) continue;
    const then = lower(item.then, context);
    if (isTrue(when)) return choose(branches, then, context);
    branches.push({ when, then });
  }
  return choose(branches, otherwise ? lower(otherwise, context) : NULL_VALUE, context);
}

/** ELM chapter 15: conditional operators. */
export const conditionalOperators: Operators = {
  // 15.2 If
  If: (node, context) =>
    branchesOf(
      [{ when: node.condition as ElmNode, then: node.then as ElmNode }],
      node.else as ElmNode,
      booleanOf,
      context,
    ),
  // 15.1 Case, with or without comparand
  Case: (node, context) => {
    const comparand = node.comparand ? lower(node.comparand as ElmNode, context) : undefined;
    const condition = (when: Value): Expr =>
      comparand ? equalValues(comparand, when, node, context) : booleanOf(when);
    return branchesOf(node.caseItem as Branch[], node.else as ElmNode | undefined, condition, context);
  },
  // 14.1 Coalesce(arguments) or Coalesce(list)
  Coalesce: (node, context) => {
    const values = operands(node).map((operand) => lower(operand, context));
    const given = values.length === 1 && values[0]!.kind === 'items' ? values[0].items : values;
    // Rows are never null, so nothing after them is reached.
    if (given[0]?.kind === 'relation') return given[0];
    return chooseValue(
      given.slice(0, -1).map((then) => ({ when: not(valueIsNull(then)), then })),
      given.at(-1) ?? NULL_VALUE,
    );
  },
};
