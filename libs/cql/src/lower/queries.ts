import type { ElmNode } from '@catchment/elm';
import { Block } from '../plan/block';
import {
  NULL,
  and,
  call,
  equal,
  field,
  integer,
  isTrue,
  not,
  strict,
  struct,
  type Expr,
} from '../plan/expression';
import { nullOf, pack } from '../value/pack';
import { joinShapes, shapeOf } from '../value/shape';
import { unpack } from '../value/unpack';
import { NULL_VALUE, type RelationValue, type Shape, type SqlListValue, type Value } from '../value/value';
import { valueIsNull } from '../value/structure';
import { choose } from './conditional';
import { NeedsRows, unsupported, withScope, type Context } from './context';
import { booleanOf } from './logical';
import { lower, type Operators } from './operators';
import { property } from './references';
import {
  distinctElements,
  distinctRows,
  existsRow,
  isList,
  toRelation,
  toSqlList,
  withoutRows,
} from './relation';
import { sortKeys } from './sorting';

interface QueryNode extends ElmNode {
  source: { alias: string; expression: ElmNode }[];
  let?: { identifier: string; expression: ElmNode }[];
  relationship?: { type: 'With' | 'Without'; alias: string; expression: ElmNode; suchThat: ElmNode }[];
  where?: ElmNode;
  return?: { distinct?: boolean; expression: ElmNode };
  aggregate?: { identifier: string; expression: ElmNode; starting?: ElmNode; distinct?: boolean };
  sort?: { by: ElmNode[] };
}

/** ELM chapter 10: queries. */
export const queryOperators: Operators = {
  Query: (node, context) => {
    const query = node as QueryNode;
    const sources = query.source.map((source) => ({
      alias: source.alias,
      value: lower(source.expression, context),
    }));
    if (!sources.some((source) => isList(source.value))) return singleQuery(query, sources, context);
    const rows = sources.some((source) => source.value.kind === 'relation') || sources.length > 1;
    if (!rows) {
      try {
        return listQuery(query, sources[0]!, context);
      } catch (error) {
        if (!(error instanceof NeedsRows) || context.lambda) throw error;
      }
    }
    if (context.lambda) throw new NeedsRows();
    return rowQuery(query, sources, context);
  },
};

type Variable = Extract<Expr, { op: 'variable' }>;
type NamedSource = { alias: string; value: Value };

/** A query over single values binds names: `X x let … where … return …` is null when x is null or `where` fails. */
function singleQuery(query: QueryNode, sources: NamedSource[], context: Context): Value {
  const inner = withLets(
    query,
    withScope(
      context,
      sources.map(({ alias, value }) => [alias, value]),
    ),
  );
  const conditions = [
    ...sources.map(({ value }) => not(valueIsNull(value))),
    ...relationships(query, inner),
    ...(query.where ? [booleanOf(lower(query.where, inner))] : []),
  ];
  const result = query.return ? lower(query.return.expression, inner) : sources[0]!.value;
  const applies = and(...conditions);
  return isTrue(applies) ? result : choose([{ when: applies, then: result }], NULL_VALUE, context);
}

function withLets(query: QueryNode, context: Context): Context {
  return (query.let ?? []).reduce(
    (scope, { identifier, expression }) => withScope(scope, [[identifier, lower(expression, scope)]]),
    context,
  );
}

/** `with` and `without`: does a related row exist? */
function relationships(query: QueryNode, context: Context): Expr[] {
  return (query.relationship ?? []).map((relationship) => {
    const related = toRelation(lower(relationship.expression, context), context);
    const inner = rowContext(related, withScope(context, [[relationship.alias, related.row]]));
    related.block.where.push(booleanOf(lower(relationship.suchThat, inner)));
    const exists = existsRow(related, context);
    return relationship.type === 'With' ? exists : not(exists);
  });
}

/** The context of a relation's rows. */
export function rowContext(relation: RelationValue, context: Context): Context {
  const { block, pid = context.pid } = relation;
  return { ...context, block, pid, lambda: false, enclosing: { of: block, context } };
}

/** A query over rows: sources are joined by patient. */
function rowQuery(query: QueryNode, sources: NamedSource[], context: Context): Value {
  const joined = joinSources(
    sources.map(({ value }) => (isList(value) ? toRelation(value, context) : value)),
  );
  const { relation } = joined;
  const scoped = withScope(
    rowContext(relation, context),
    sources.map(({ alias }, index) => [alias, joined.values[index]!]),
  );
  const inner = withLets(query, scoped);
  relation.block.where.push(...relationships(query, inner));
  if (query.where) relation.block.where.push(booleanOf(lower(query.where, inner)));

  const plain: Value =
    sources.length === 1
      ? joined.values[0]!
      : {
          kind: 'tuple',
          fields: new Map(sources.map(({ alias }, index) => [alias, joined.values[index]!])),
          isNull: { op: 'literal', sql: 'false', value: false },
        };
  if (query.aggregate) {
    const names = (item: Value): [string, Value][] =>
      sources.map(({ alias }) => [
        alias,
        sources.length === 1 ? item : property(item, alias, query, context),
      ]);
    return aggregateList(
      query,
      names,
      toSqlList({ ...relation, row: withoutRows(plain, inner) }, context),
      context,
    );
  }
  let result: RelationValue = { ...relation, row: plain };
  if (query.return) {
    const row = withoutRows(lower(query.return.expression, inner), inner);
    result = { ...relation, row };
    if (query.return.distinct !== false && !sameIdentity(row, plain)) result = distinctRows(result);
  }
  if (query.sort) {
    const keys = sortKeys(query.sort.by, result.row, {
      ...scoped,
      block: result.block,
      pid: result.pid ?? scoped.pid,
    });
    result = { ...result, order: keys };
  }
  return result;
}

/** Does `return` keep the rows apart that the query had? Then there are no duplicates to drop. */
function sameIdentity(row: Value, plain: Value): boolean {
  if (row.kind === 'fhir' && plain.kind === 'fhir' && row.rid && row.rid === plain.rid) return true;
  if (row.kind !== 'tuple' || plain.kind !== 'fhir' || !plain.rid) return false;
  return [...row.fields.values()].some((value) => value.kind === 'fhir' && value.rid === plain.rid);
}

/** One block whose rows are the combinations of the sources' rows of one patient. */
function joinSources(values: Value[]): { relation: RelationValue; values: Value[] } {
  const relations = values.filter((value) => value.kind === 'relation');
  if (values.length === 1) return { relation: relations[0]!, values: [relations[0]!.row] };
  const block = new Block();
  let pid: Expr | undefined;
  const rows = values.map((value) => {
    if (value.kind !== 'relation') return value;
    block.sources.push(...value.block.sources);
    block.where.push(...value.block.where);
    if (value.pid && pid) block.where.push(equal(value.pid, pid));
    pid ??= value.pid;
    return value.row;
  });
  block.sources.sort((a, b) => Number(a.join === 'left') - Number(b.join === 'left'));
  return {
    relation: {
      kind: 'relation',
      block,
      row: rows[0]!,
      pid: pid ?? undefined,
      order: relations.flatMap((one) => one.order),
    },
    values: rows.map((row) => row),
  };
}

/** A query over a SQL list, by lambdas; throws NeedsRows when something in it needs a subquery. */
function listQuery(query: QueryNode, source: NamedSource, context: Context): Value {
  const unchanged = !query.where && !query.relationship && !query.sort && !query.aggregate;
  if (source.value.kind === 'conceptList' && unchanged) {
    // `reasonCode r return ToConcept(r)` is the list itself.
    const probe: Value = {
      kind: 'concept',
      key: { op: 'variable', name: 'probe' },
      coding: source.value.coding,
    };
    const returned = query.return
      ? lower(query.return.expression, { ...withScope(context, [[source.alias, probe]]), lambda: true })
      : probe;
    if (returned === probe) return source.value;
  }
  const list = toSqlList(source.value, context);
  const variable = context.session.variable();
  const element = unpack(list.element, { op: 'variable', name: variable }, { ...context, lambda: true });
  const inner = withLets(query, withScope({ ...context, lambda: true }, [[source.alias, element]]));
  if (query.relationship && query.relationship.length > 0) throw new NeedsRows();

  let result: SqlListValue = list;
  if (query.where) {
    const body = booleanOf(lower(query.where, inner));
    if (!isTrue(body)) {
      result = {
        ...result,
        list: { op: 'lambda', fn: 'filter', list: result.list, variables: [variable], body },
      };
    }
  }
  if (query.aggregate) return aggregateList(query, (item) => [[source.alias, item]], result, context);
  if (query.return) {
    const returned = lower(query.return.expression, inner);
    if (returned.kind === 'relation') throw new NeedsRows();
    if (returned.kind === 'choice' && query.return.distinct === false)
      return lazyList(query, source.alias, result, context);
    const shape = shapeOf(returned);
    const body = pack(returned, shape);
    if (!(body.op === 'variable' && body.name === variable)) {
      result = {
        kind: 'sqlList',
        element: shape,
        list: { op: 'lambda', fn: 'transform', list: result.list, variables: [variable], body },
      };
    }
    if (query.return.distinct !== false) result = distinctElements(result, context);
  }
  return query.sort ? sortList(query.sort.by, result, inner) : result;
}

/**
 * `list x return x.value` of a choice with many alternatives (the value of an extension): nearly always the consumer
 * wants one of them.
 */
function lazyList(query: QueryNode, alias: string, list: SqlListValue, context: Context): SqlListValue {
  const read = (base: Value, where: Context): Value => {
    const { block, pid, lambda } = where;
    return lower(
      query.return!.expression,
      withLets(query, withScope({ ...context, block, pid, lambda }, [[alias, base]])),
    );
  };
  const lazy: SqlListValue = { ...list, element: { kind: 'lazy', base: list.element, read } };
  if (query.sort) throw unsupported(context, query, 'a sorted list of choices');
  return lazy;
}

/** Sorts a SQL list by a struct of its keys. */
function sortList(by: ElmNode[], list: SqlListValue, context: Context): SqlListValue {
  const variable = context.session.variable();
  const element = unpack(list.element, { op: 'variable', name: variable }, { ...context, lambda: true });
  const keys = sortKeys(by, element, { ...context, lambda: true });
  const first = keys[0];
  if (!first) return list;
  if (keys.some((key) => key.descending !== first.descending)) {
    throw unsupported(context, by[0]!, 'a list sorted in two directions');
  }
  const keyed: Expr = {
    op: 'lambda',
    fn: 'transform',
    list: list.list,
    variables: [variable],
    body: struct([
      ...keys.map((key, index): [string, Expr] => [`k${index}`, key.expr]),
      ['v', { op: 'variable', name: variable }],
    ]),
  };
  const sorted = call(first.descending ? 'list sort descending' : 'list sort ascending', keyed);
  const other = context.session.variable();
  return {
    ...list,
    list: {
      op: 'lambda',
      fn: 'transform',
      list: sorted,
      variables: [other],
      body: { op: 'field', struct: { op: 'variable', name: other }, name: 'v' },
    },
  };
}

/**
 * 10.x aggregate clause: a fold over the list. An engine folds to the type of the elements, so that each element is
 * paired with an accumulator.
 */
function aggregateList(
  query: QueryNode,
  names: (item: Value) => [string, Value][],
  list: SqlListValue,
  context: Context,
): Value {
  const { identifier, expression, starting, distinct } = query.aggregate!;
  const start = starting ? lower(starting, context) : NULL_VALUE;
  const lambda: Context = { ...context, lambda: true };
  const [wrapped, previous, next] = [0, 1, 2].map((): Variable => ({
    op: 'variable',
    name: context.session.variable(),
  }));
  const fromNull = (): Value => {
    const item = unpack(list.element, field(next!, 'i'), lambda);
    return lower(expression, withLets(query, withScope(lambda, [[identifier, NULL_VALUE], ...names(item)])));
  };
  const fold = (shape: Shape): { result: Value; folded: Expr } => {
    const scope = withScope(lambda, [
      [identifier, unpack(shape, field(previous!, 'a'), lambda)],
      ...names(unpack(list.element, field(next!, 'i'), lambda)),
    ]);
    const result = lower(expression, withLets(query, scope));
    const initial = start.kind === 'null' ? typedNull(shape, query, context) : pack(start, shape);
    const pairs: Expr = {
      op: 'lambda',
      fn: 'transform',
      list: distinct ? distinctElements(list, context).list : list.list,
      variables: [wrapped!.name],
      body: struct([
        ['a', call('typed null', initial)],
        ['i', wrapped!],
      ]),
    };
    const folded: Expr = {
      op: 'lambda',
      fn: 'reduce',
      list: pairs,
      variables: [previous!.name, next!.name],
      body: struct([
        ['a', pack(result, shape)],
        ['i', field(next!, 'i')],
      ]),
      initial: struct([
        ['a', initial],
        ['i', call('typed null', strict('element', list.list, integer(1)))],
      ]),
    };
    return { result, folded };
  };
  // The accumulator has the type that holds the start and every step. From an unknown start the first step tells it;
  // a step that makes nothing of it leaves it null.
  const firstStep = start.kind === 'null' ? fromNull() : start;
  if (firstStep.kind === 'null') return NULL_VALUE;
  const first = shapeOf(firstStep);
  const shape = joinShapes(first, shapeOf(fold(first).result));
  return unpack(shape, field(fold(shape).folded, 'a'), context);
}

function typedNull(shape: Shape, query: QueryNode, context: Context): Expr {
  const typed = nullOf(shape);
  if (typed !== NULL) return typed;
  throw unsupported(context, query, `an aggregate clause of ${shape.kind} without a starting value`);
}
