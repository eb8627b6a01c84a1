import type { ElmNode } from '@catchment/elm';
import {
  FALSE,
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  isFalse,
  isLiteral,
  isNullLiteral,
  not,
  or,
  type Expr,
} from '../plan/expression';
import { valueIsNull } from '../value/structure';
import { unpack } from '../value/unpack';
import { NULL_VALUE, type SqlListValue, type Value } from '../value/value';
import { equalValues, orFalse } from './comparison';
import { NeedsRows, unsupported, type Context } from './context';
import {
  asInterval,
  intersectIntervals,
  isInterval,
  subtractIntervals,
  testIntervals,
  uniteIntervals,
} from './intervals';
import { concatenate } from './lists';
import { boolean } from './logical';
import { lower, operands, precisionOf, type Lowering, type Operators } from './operators';
import {
  distinctElements,
  distinctRows,
  existsRow,
  isList,
  sameRow,
  toRelation,
  toSqlList,
} from './relation';
import { unionRows } from './unions';

type Operand = [left: Value, right: Value];

function both(node: ElmNode, context: Context): Operand {
  const [left, right] = operands(node);
  return [lower(left, context), lower(right, context)];
}

function isCollection(value: Value): boolean {
  return isList(value);
}

/** Is the element in the list? Null elements are equal to each other here (20.4, 20.13); never null. */
export function memberOf(element: Value, list: Value, node: ElmNode, context: Context): Expr {
  switch (list.kind) {
    case 'null':
      return FALSE;
    case 'items':
      return memberOfItems(element, list.items, node, context);
    case 'relation': {
      if (context.lambda) throw new NeedsRows();
      const inner: Context = { ...context, block: list.block, pid: list.pid ?? context.pid };
      list.block.where.push(sameElement(element, list.row, node, inner));
      return existsRow(list, context);
    }
    default: {
      const sql = toSqlList(list, context);
      const variable = context.session.variable();
      const lambda: Context = { ...context, lambda: true };
      const item = unpack(sql.element, { op: 'variable', name: variable }, lambda);
      const body = sameElement(element, item, node, lambda);
      return call('has elements', {
        op: 'lambda',
        fn: 'filter',
        list: sql.list,
        variables: [variable],
        body,
      });
    }
  }
}

function memberOfItems(element: Value, items: Value[], node: ElmNode, context: Context): Expr {
  const literals = items.flatMap((item) =>
    item.kind === 'scalar' && isLiteral(item.expr) && !isNullLiteral(item.expr) ? [item.expr] : [],
  );
  if (element.kind === 'scalar' && literals.length === items.length && items.length > 0) {
    return orFalse(
      isLiteral(element.expr)
        ? or(...literals.map((literal) => equalLiteral(element.expr, literal)))
        : call('in', element.expr, ...literals),
    );
  }
  return or(FALSE, ...items.map((item) => sameElement(element, item, node, context)));
}

function equalLiteral(a: Expr, b: Expr): Expr {
  return a.op === 'literal' && b.op === 'literal' && a.value === b.value ? TRUE : FALSE;
}

/** Equality of elements of lists: two nulls are the same; never null. */
function sameElement(a: Value, b: Value, node: ElmNode, context: Context): Expr {
  if (a.kind === 'fhir' && b.kind === 'fhir' && a.rid && b.rid) return sameRow(a, b);
  const nulls = and(valueIsNull(a), valueIsNull(b));
  return isFalse(nulls)
    ? orFalse(equalValues(a, b, node, context))
    : or(nulls, orFalse(equalValues(a, b, node, context)));
}

/** Is every element of the first list in the second? */
function subset(small: Value, big: Value, node: ElmNode, context: Context): Expr {
  if (small.kind === 'null' || big.kind === 'null') return NULL;
  if (small.kind === 'items')
    return and(TRUE, ...small.items.map((item) => memberOf(item, big, node, context)));
  if (small.kind === 'relation') {
    if (context.lambda) throw new NeedsRows();
    const inner: Context = { ...context, block: small.block, pid: small.pid ?? context.pid };
    small.block.where.push(not(memberOf(small.row, big, node, inner)));
    return not(existsRow(small, context));
  }
  const list = toSqlList(small, context);
  const variable = context.session.variable();
  const lambda: Context = { ...context, lambda: true };
  const body = not(
    memberOf(unpack(list.element, { op: 'variable', name: variable }, lambda), big, node, lambda),
  );
  return not(
    call('has elements', { op: 'lambda', fn: 'filter', list: list.list, variables: [variable], body }),
  );
}

function longer(big: Value, small: Value, context: Context): Expr {
  return call(
    '>',
    call('list length', toSqlList(big, context).list),
    call('list length', toSqlList(small, context).list),
  );
}

/** `x in y` and its kin, for intervals (19.x) and lists (20.x). */
function membership(name: string, proper: boolean): Lowering {
  return (node, context) => {
    const [left, right] = both(node, context);
    const element = name.endsWith('Contains') ? right : left;
    const collection = name.endsWith('Contains') ? left : right;
    if (!isCollection(collection)) {
      // 19.12: a null interval contains nothing.
      if (collection.kind === 'null' && element.kind !== 'null' && !proper) return boolean(FALSE);
      if (collection.kind === 'null' && !isInterval(element))
        return boolean(isListNode(node, name.endsWith('Contains') ? 0 : 1) ? FALSE : NULL);
      return boolean(testIntervals(name, left, right, precisionOf(node)));
    }
    if (proper && collection.kind === 'items')
      return boolean(properMember(element, collection.items, node, context));
    const member = memberOf(element, collection, node, context);
    if (!proper) return boolean(member);
    const others = differentElement(
      element,
      toSqlList(again(collection, node, name, context), context),
      node,
      context,
    );
    return boolean(and(member, others));
  };
}

/** 20.24 ProperContains: the element is in the list, and something else, too; unknown where equality is. */
function properMember(element: Value, items: Value[], node: ElmNode, context: Context): Expr {
  const same = items.map((item) => sameOrUnknown(element, item, node, context));
  return and(or(FALSE, ...same), or(FALSE, ...same.map(not)));
}

function sameOrUnknown(element: Value, item: Value, node: ElmNode, context: Context): Expr {
  const isNull = valueIsNull(element);
  return caseWhen([{ when: isNull, then: valueIsNull(item) }], equalValues(element, item, node, context));
}

/** Has the list an element that is not the same as this one? */
function differentElement(element: Value, list: SqlListValue, node: ElmNode, context: Context): Expr {
  const variable = context.session.variable();
  const lambda: Context = { ...context, lambda: true };
  const item = unpack(list.element, { op: 'variable', name: variable }, lambda);
  const body = not(sameElement(element, item, node, lambda));
  return call('has elements', { op: 'lambda', fn: 'filter', list: list.list, variables: [variable], body });
}

/** Rows are used up by the first consumer; a second one lowers them anew. */
function again(value: Value, node: ElmNode, name: string, context: Context): Value {
  if (value.kind !== 'relation') return value;
  return lower(operands(node)[name.endsWith('Contains') ? 0 : 1], context);
}

function isListNode(node: ElmNode, index: number): boolean {
  const operand = operands(node)[index];
  const specifier =
    operand?.resultTypeSpecifier ?? (operand?.asTypeSpecifier as ElmNode['resultTypeSpecifier']);
  return specifier?.type === 'ListTypeSpecifier';
}

/** `x included in y` and its kin. */
function inclusion(name: string, reversed: boolean, proper: boolean): Lowering {
  return (node, context) => {
    const [left, right] = both(node, context);
    const [small, big] = reversed ? [right, left] : [left, right];
    if (!isCollection(small) && !isCollection(big))
      return boolean(testIntervals(name, left, right, precisionOf(node)));
    if (!isCollection(small)) return boolean(memberOf(small, big, node, context));
    const included = subset(small, big, node, context);
    if (!proper) return boolean(included);
    const [leftAgain, rightAgain] = both(node, context);
    return boolean(
      and(
        included,
        reversed ? longer(leftAgain, rightAgain, context) : longer(rightAgain, leftAgain, context),
      ),
    );
  };
}

/** 20.x Union: all elements of both, each once; a null list is an empty one. */
function union(values: Value[], context: Context): Value {
  const present = values.filter((value) => value.kind !== 'null');
  if (present.length === 0) return { kind: 'items', items: [] };
  if (present.some((value) => value.kind === 'relation')) {
    if (context.lambda) throw new NeedsRows();
    return unionRows(
      present.map((value) => toRelation(value, context)),
      true,
    );
  }
  const list = concatenate(present.map((value) => toSqlList(value, context)));
  return distinctElements(list, context);
}

/** 20.x Intersect (`wanted`) and Except: elements of the first list that are, or are not, in the second; each once. */
function filterBy(first: Value, second: Value, wanted: boolean, node: ElmNode, context: Context): Value {
  if (first.kind === 'null') return wanted ? NULL_VALUE : first;
  if (second.kind === 'null') return wanted ? NULL_VALUE : first;
  if (first.kind === 'relation' || second.kind === 'relation') {
    if (context.lambda) throw new NeedsRows();
    const relation = toRelation(first, context);
    const inner: Context = {
      ...context,
      block: relation.block,
      pid: relation.pid ?? context.pid,
      lambda: false,
    };
    const member = memberOf(relation.row, second, node, inner);
    relation.block.where.push(wanted ? member : not(member));
    return distinctRows(relation);
  }
  const list = toSqlList(first, context);
  const variable = context.session.variable();
  const lambda: Context = { ...context, lambda: true };
  const member = memberOf(
    unpack(list.element, { op: 'variable', name: variable }, lambda),
    second,
    node,
    lambda,
  );
  const kept: Expr = {
    op: 'lambda',
    fn: 'filter',
    list: list.list,
    variables: [variable],
    body: wanted ? member : not(member),
  };
  return distinctElements({ ...list, list: kept }, context);
}

/** Operators of intervals (ELM chapter 19) and lists (chapter 20) that share a node type. */
export const collectionOperators: Operators = {
  In: membership('In', false),
  Contains: membership('Contains', false),
  ProperIn: membership('ProperIn', true),
  ProperContains: membership('ProperContains', true),
  IncludedIn: inclusion('IncludedIn', false, false),
  Includes: inclusion('Includes', true, false),
  ProperIncludedIn: inclusion('ProperIncludedIn', false, true),
  ProperIncludes: inclusion('ProperIncludes', true, true),
  // 19.31 and 20.29 Union
  Union: (node, context) => {
    const [left, right] = both(node, context);
    if (isInterval(left) && isInterval(right)) return uniteIntervals(asInterval(left), asInterval(right));
    if ((left.kind === 'null' && isInterval(right)) || (right.kind === 'null' && isInterval(left)))
      return NULL_VALUE;
    return union([left, right], context);
  },
  // 19.10 and 20.17 Intersect
  Intersect: (node, context) => {
    const [left, right] = both(node, context);
    if (isInterval(left) && isInterval(right)) return intersectIntervals(asInterval(left), asInterval(right));
    if (left.kind === 'null' || right.kind === 'null') return NULL_VALUE;
    return filterBy(left, right, true, node, context);
  },
  // 19.7 and 20.9 Except
  Except: (node, context) => {
    const [left, right] = both(node, context);
    if (isInterval(left) && isInterval(right)) return subtractIntervals(asInterval(left), asInterval(right));
    if (isInterval(left) || isInterval(right)) return NULL_VALUE;
    if (!isList(left) && left.kind !== 'null') throw unsupported(context, node, `Except of a ${left.kind}`);
    return filterBy(left, right, false, node, context);
  },
};
