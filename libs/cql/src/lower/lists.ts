import type { ElmNode } from '@catchment/elm';
import {
  FALSE,
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  column,
  compare,
  integer,
  isFalse,
  isLiteral,
  isNull,
  isTrue,
  not,
  ofCase,
  or,
  strict,
  type Expr,
} from '../plan/expression';
import type { Source } from '../plan/block';
import { comparableShape } from '../value/comparable';
import { pack } from '../value/pack';
import { joinShapes, shapeOf } from '../value/shape';
import { valueIsNull } from '../value/structure';
import { unpack } from '../value/unpack';
import { NULL_VALUE, type RelationValue, type SqlListValue, type Value } from '../value/value';
import { NeedsRows, diagnostic, unsupported, type Context } from './context';
import { failWhere } from './failures';
import { boolean } from './logical';
import { lower, operands, unary, type Operators } from './operators';
import {
  comparableElements,
  distinctElements,
  distinctRows,
  existsRow,
  isList,
  pickRow,
  singletonRow,
  toRelation,
  toSqlList,
  wrap,
} from './relation';
import { unionRows } from './unions';
import { sortKeys } from './sorting';
import { scalarOf } from './types';

/** 20.8 Exists: never null; only elements that are not null count. */
function exists(value: Value, context: Context): Expr {
  switch (value.kind) {
    case 'null':
      return FALSE;
    case 'relation':
      return existsRow(presentRows(value), context);
    case 'conceptList':
      return not(isNull(value.key));
    case 'items': {
      return or(...value.items.map((item) => (item.kind === 'relation' ? TRUE : not(valueIsNull(item)))));
    }
    case 'sqlList':
      return call('has elements', nonNullElements(value, context));
    default:
      throw new NeedsRows();
  }
}

/** The rows that are not null. */
function presentRows(relation: RelationValue): RelationValue {
  const present = not(valueIsNull(relation.row));
  if (isTrue(present)) return relation;
  const { block, row, pid, order } = relation;
  if (block.open) {
    block.where.push(present);
    return relation;
  }
  const outer = wrap(block, row, pid, order);
  outer.block.where.push(not(valueIsNull(outer.row)));
  return outer;
}

/** The list without its null elements; lists of FHIR elements hold none. */
function nonNullElements(value: SqlListValue, context: Context): Expr {
  if (value.element.kind === 'element') return value.list;
  const variable = context.session.variable();
  return {
    op: 'lambda',
    fn: 'filter',
    list: value.list,
    variables: [variable],
    body: call('is not null', { op: 'variable', name: variable }),
  };
}

/** 20.10 First, 20.18 Last: by position in the list; null when the list is empty. */
function atPosition(node: ElmNode, position: 1 | -1, context: Context): Value {
  const value = lower(node.source as ElmNode, context);
  switch (value.kind) {
    case 'null':
      return value;
    case 'items':
      return value.items.at(position === 1 ? 0 : -1) ?? NULL_VALUE;
    case 'relation':
      if (context.lambda) throw new NeedsRows();
      return pickRow(value, position, context);
    default:
      return elementAt(toSqlList(value, context), integer(position), context);
  }
}

/** The element at a position (from 1, or from the end when negative); null outside the list. */
function elementAt(list: SqlListValue, position: Expr, context: Context): Value {
  return unpack(list.element, elementOf(list.list, position), context);
}

/** A part of a text that is split needs no list. */
function elementOf(list: Expr, position: Expr): Expr {
  const known = ofCase(list, (inner) => elementOf(inner, position));
  if (known) return known;
  if (list.op !== 'call' || list.fn !== 'split') return strict('element', list, position);
  const [source, separator] = list.args as [Expr, Expr];
  const certain = isLiteral(separator) && separator.value !== null && separator.value !== '';
  // The last part is there always; of one before it split_part cannot tell whether it is there or empty.
  return certain && isLiteral(position) && position.value === -1
    ? strict('part', source, separator, position)
    : strict('element', list, position);
}

/** 20.26 SingletonFrom: null when empty; a failure when there is more than one element. */
function singletonFrom(value: Value, node: ElmNode, context: Context): Value {
  const message = 'singleton from more than one element';
  switch (value.kind) {
    case 'null':
      return value;
    case 'items':
      if (value.items.length > 1) throw diagnostic(context, node, message);
      return value.items[0] ?? NULL_VALUE;
    case 'relation':
      if (context.lambda) throw new NeedsRows();
      return singletonRow(value, message, node, context);
    default: {
      const list = toSqlList(value, context);
      const several = compare('>', strict('list length', list.list), integer(1));
      const only = failWhere(several, message, list.list, node, context);
      return elementAt({ ...list, list: only }, integer(1), context);
    }
  }
}

/** 20.11 Flatten: the elements of the lists. */
function flatten(value: Value, context: Context): Value {
  switch (value.kind) {
    case 'null':
      return value;
    case 'items': {
      const lists = value.items.filter((item) => item.kind !== 'null');
      if (lists.length === 1) return lists[0]!;
      if (lists.every((item) => item.kind === 'items'))
        return { kind: 'items', items: lists.flatMap((item) => item.items) };
      if (!context.lambda && lists.some((item) => item.kind === 'relation')) {
        return unionRows(
          lists.map((item) => toRelation(item, context)),
          false,
        );
      }
      return concatenate(lists.map((item) => toSqlList(item, context)));
    }
    case 'relation': {
      if (context.lambda) throw new NeedsRows();
      return unnestRows(value, context);
    }
    default: {
      const list = toSqlList(value, context);
      if (list.element.kind === 'conceptList') throw new NeedsRows();
      if (list.element.kind !== 'list') return list;
      return { kind: 'sqlList', element: list.element.element, list: strict('list flatten', list.list) };
    }
  }
}

export function concatenate(lists: SqlListValue[]): SqlListValue {
  const element = lists.map((list) => list.element).reduce(joinShapes, { kind: 'null' });
  const joined = lists.map((list) => list.list).reduce((all, list) => call('list concat', all, list));
  return { kind: 'sqlList', element, list: joined };
}

/** Rows whose row is a list: one row per element of the lists. */
function unnestRows(relation: RelationValue, context: Context): Value {
  const inner: Context = {
    ...context,
    block: relation.block,
    pid: relation.pid ?? context.pid,
    lambda: false,
  };
  const list = toSqlList(relation.row, inner);
  const source: Source = { kind: 'unnest', list: list.list, join: 'from' };
  relation.block.sources.push(source);
  const row = unpack(list.element, column(source, 'v'), inner);
  return {
    ...relation,
    row,
    order: [...relation.order, { expr: column(source, 'position'), descending: false }],
  };
}

/** 20.x Slice(list, from, to): positions from 0, `to` exclusive. */
function slice(list: Value, from: Expr, to: Expr | undefined, context: Context): Value {
  if (list.kind === 'null') return list;
  const whole = toSqlList(list, context);
  const end = to ?? call('list length', whole.list);
  return { ...whole, list: strict('slice', whole.list, call('+', from, integer(1)), end) };
}

/** ELM chapter 20: lists. */
export const listOperators: Operators = {
  // 20.8 Exists
  Exists: unary((value, _node, context) => boolean(exists(value, context))),
  // 20.10 First, 20.18 Last
  First: (node, context) => atPosition(node, 1, context),
  Last: (node, context) => atPosition(node, -1, context),
  // 20.26 SingletonFrom
  SingletonFrom: unary(singletonFrom),
  // 20.11 Flatten
  Flatten: unary((value, _node, context) => flatten(value, context)),
  // 20.5 Distinct
  Distinct: unary((value, _node, context) => {
    if (value.kind === 'null') return value;
    if (value.kind === 'relation') {
      if (context.lambda) throw new NeedsRows();
      return distinctRows(value);
    }
    const list = toSqlList(value, context);
    return distinctElements(list, context);
  }),
  // 20.14 Indexer(list, index): from 0; of a string, its character
  Indexer: (node, context) => {
    const [list, index] = operands(node).map((operand) => lower(operand, context));
    if (!list || !index || list.kind === 'null' || index.kind === 'null') return NULL_VALUE;
    const { expr: position } = scalarOf(index, node, context);
    const one = isLiteral(position) ? integer(Number(position.value) + 1) : strict('+', position, integer(1));
    if (list.kind === 'scalar' && list.type === 'String') {
      const inside = and(
        compare('>=', position, integer(0)),
        compare('<', position, call('string length', list.expr)),
      );
      return {
        ...list,
        expr: caseWhen([{ when: inside, then: strict('substring', list.expr, one, integer(1)) }], NULL),
      };
    }
    if (!isList(list)) throw unsupported(context, node, `an index into a ${list.kind}`);
    if (list.kind === 'relation' && isLiteral(position) && Number(position.value) >= 0) {
      if (context.lambda) throw new NeedsRows();
      return pickRow(list, Number(position.value) + 1, context);
    }
    const valid = caseWhen([{ when: compare('>=', position, integer(0)), then: one }], NULL);
    return elementAt(toSqlList(list, context), valid, context);
  },
  // 20.16 IndexOf(source, element): -1 when absent
  IndexOf: (node, context) => {
    const list = lower(node.source as ElmNode, context);
    const element = lower(node.element as ElmNode, context);
    if (list.kind === 'null' || element.kind === 'null') return NULL_VALUE;
    const sql = toSqlList(list, context);
    const position = call('list index of', comparableElements(sql, context), packedLike(element, sql));
    return { kind: 'scalar', type: 'Integer', expr: position };
  },
  // 20.27 Slice(source, startIndex, endIndex)
  Slice: (node, context) => {
    const list = lower(node.source as ElmNode, context);
    const bound = (name: string): Value => (node[name] ? lower(node[name] as ElmNode, context) : NULL_VALUE);
    const [start, end] = [bound('startIndex'), bound('endIndex')];
    const from = start.kind === 'null' ? integer(0) : scalarOf(start, node, context).expr;
    const to = end.kind === 'null' ? undefined : scalarOf(end, node, context).expr;
    if (to) {
      const none = or(compare('<', to, integer(0)), compare('<', from, integer(0)));
      if (!isFalse(none)) return emptyWhen(none, slice(list, from, to, context));
    }
    return slice(list, from, to, context);
  },
  // 10.x Sort(source, by)
  Sort: (node, context) => {
    const relation = toRelation(lower(node.source as ElmNode, context), context);
    return {
      ...relation,
      order: sortKeys(node.by as ElmNode[], relation.row, { ...context, block: relation.block }),
    };
  },
};

function emptyWhen(condition: Expr, value: Value): Value {
  if (value.kind !== 'sqlList') return value;
  return { ...value, list: caseWhen([{ when: condition, then: call('list') }], value.list) };
}

function packedLike(element: Value, list: SqlListValue): Expr {
  const shape = joinShapes(shapeOf(element), list.element);
  return pack(element, comparableShape(shape) ?? shape);
}
