import { Defect } from '@catchment/platform';
import type { Block, SortKey, Source } from '../plan/block';
import type { CodeSet } from '../plan/code-set';
import { call, isFalse, type CodedKey, type Expr } from '../plan/expression';
import type { Dialect } from './dialect';
import { correlates } from './correlates';
import { Interning } from './interning';
import type { Node } from './node';
import { semiJoin } from './semi-join';
import { SharingFinder } from './sharing';

/** Prints expressions where the columns of their sources can be read. */
export abstract class ExpressionPrinter {
  protected readonly interning = new Interning();
  protected readonly finder = new SharingFinder(this.interning);
  /** How a column of a source is written where printing stands now. */
  protected readonly readers = new Map<Source, (name: string) => string>();
  private numbers = 0;

  constructor(
    protected readonly dialect: Dialect,
    private readonly setId: (set: CodeSet) => number,
    private readonly onMember: (setId: number, of: CodedKey) => void,
  ) {}

  abstract select(block: Block, outputs?: ReadonlyMap<string, Expr>): string;

  protected number(): number {
    return ++this.numbers;
  }

  expr(expr: Expr): string {
    const { name } = this.interning.nodeOf(expr);
    if (name !== undefined) return name;
    switch (expr.op) {
      case 'literal':
        return expr.sql;
      case 'column': {
        const reader = this.readers.get(expr.source);
        if (!reader)
          throw new Defect(`column ${expr.name} of a ${expr.source.kind} source that is not in scope`);
        return reader(expr.name);
      }
      case 'variable':
        return expr.name;
      case 'call': {
        if (expr.fn === 'or') return this.or(expr.args, (arg) => this.expr(arg), true);
        const template = this.dialect.functions[expr.fn];
        if (!template) throw new Defect(`the dialect has no function "${expr.fn}"`);
        return template(expr.args.map((arg) => this.expr(arg)));
      }
      case 'case': {
        const branches = expr.branches.map(
          ({ when, then }) => `when ${this.expr(when)} then ${this.expr(then)}`,
        );
        return `case ${branches.join(' ')} else ${this.expr(expr.otherwise)} end`;
      }
      case 'field':
        return this.dialect.field(this.expr(expr.struct), expr.name);
      case 'struct':
        return this.dialect.struct(expr.fields.map(([name, value]) => [name, this.expr(value)]));
      case 'lambda': {
        const list = this.expr(expr.list);
        const initial = expr.initial && this.expr(expr.initial);
        return this.dialect.lambda(expr.fn, list, expr.variables, this.lambdaBody(expr), initial);
      }
      case 'exists':
        return this.exists(expr, true);
      case 'inCodeSet':
        return this.inCodeSet(expr);
      case 'aggregate':
        return this.aggregate(expr);
    }
  }

  protected order(keys: readonly SortKey[]): string {
    return keys
      .map(
        ({ expr, descending }) => `${this.expr(expr)} ${descending ? 'desc nulls last' : 'asc nulls first'}`,
      )
      .join(', ');
  }

  private aggregate(expr: Extract<Expr, { op: 'aggregate' }>): string {
    const template = this.dialect.aggregates[expr.fn];
    if (!template) throw new Defect(`the dialect has no aggregate "${expr.fn}"`);
    const orderBy = expr.order.length > 0 ? ` order by ${this.order(expr.order)}` : '';
    const args = expr.args.map((arg) => this.expr(arg));
    return template(args, orderBy, expr.distinct ?? false);
  }

  /**
   * The body of a lambda; what it repeats is named by a chain of lambdas over lists of one struct. The struct carries
   * everything that the body reads: DuckDB 1.5 mixes up what deeply nested lambdas capture.
   */
  private lambdaBody({ body, variables }: Extract<Expr, { op: 'lambda' }>): string {
    const sharing = this.finder.find([body], (node) =>
      variables.some((name) => node.reads.variables.has(name)),
    );
    if (sharing.size === 0) return this.expr(body);
    const before = new Map<Node, string | undefined>();
    const name = `s${this.number()}`;
    const carried: { node: Node; field: string }[] = [];
    const carry = (nodes: readonly Node[]): [string, string][] =>
      nodes.map((node) => {
        const field = `x${carried.length}`;
        carried.push({ node, field });
        return [field, this.expr(node.expr)];
      });
    const rename = (): void => {
      for (const { node, field } of carried) {
        if (!before.has(node)) before.set(node, node.name);
        node.name = this.dialect.field(name, field);
      }
    };
    let list = `[${this.dialect.struct(carry(this.readsOfLambda(body)))}]`;
    rename();
    for (let level = 1; level <= Math.max(...sharing.keys()); level++) {
      const kept = carried.map(({ field }): [string, string] => [field, this.dialect.field(name, field)]);
      list = this.dialect.lambda(
        'transform',
        list,
        [name],
        this.dialect.struct([...kept, ...carry(sharing.get(level) ?? [])]),
      );
      rename();
    }
    const text = this.dialect.lambda('transform', list, [name], this.expr(body));
    for (const [node, sql] of before) node.name = sql;
    return this.dialect.functions.element!([text, '1']);
  }

  /** Variables, columns and named expressions that a body reads. */
  private readsOfLambda(body: Expr): Node[] {
    const node = this.interning.nodeOf(body);
    const variables = [...node.reads.variables].map((name) =>
      this.interning.nodeOf({ op: 'variable', name }),
    );
    const columns = correlates([body], new Set(), this.interning);
    return [...variables, ...columns.map((read) => read.node)];
  }

  /** A semi-join where the rows depend on nothing but equal keys, a correlated subquery otherwise. */
  private exists(expr: Exists, guard: boolean): string {
    const join = semiJoin(expr);
    if (join) {
      const keys = join.keys.map((key, index): [string, Expr] => [index === 0 ? 'key' : `key${index}`, key]);
      const probes = join.probes.map((probe) => this.expr(probe));
      const probe = probes.length === 1 ? probes[0]! : `(${probes.join(', ')})`;
      const found = `(${probe} in (\n${indent(this.select(join.block, new Map(keys)))}\n))`;
      return guard && !join.certain ? `coalesce(${found}, false)` : found;
    }
    const { block, inner, outer } = expr;
    const matched = inner && outer ? [call('=', inner, outer)] : [];
    const text = this.select(block.withWhere([...block.where, ...matched]), new Map());
    if (text.startsWith('with ')) throw new Defect('a correlated subquery with common table expressions');
    return `exists (\n${indent(text)}\n)`;
  }

  /**
   * A condition whose unknown counts as false: membership needs no guard against null there, which lets an engine join
   * on it, and several memberships of one key are one.
   */
  protected filter(expr: Expr): string {
    const { name } = this.interning.nodeOf(expr);
    if (name !== undefined) return name;
    if (expr.op === 'inCodeSet' && !expr.inLambda) return this.memberOfAny([expr], false);
    if (expr.op === 'exists') return this.exists(expr, false);
    if (expr.op !== 'call') return this.expr(expr);
    if (expr.fn === 'coalesce' && expr.args.length === 2 && isFalse(expr.args[1]!))
      return this.filter(expr.args[0]!);
    if (expr.fn === 'and') return `(${expr.args.map((arg) => this.filter(arg)).join(' and ')})`;
    if (expr.fn !== 'or') return this.expr(expr);
    return this.or(expr.args, (arg) => this.filter(arg), false);
  }

  /** Several memberships of one key are one. @param guard is unknown to be false? */
  private or(args: readonly Expr[], print: (arg: Expr) => string, guard: boolean): string {
    const byKey = new Map<string, InCodeSet[]>();
    const others: string[] = [];
    for (const arg of args) {
      const { name } = this.interning.nodeOf(arg);
      if (name !== undefined || arg.op !== 'inCodeSet' || arg.inLambda) others.push(print(arg));
      else {
        const key = `${arg.of} ${this.interning.idOf(arg.key)}`;
        byKey.set(key, [...(byKey.get(key) ?? []), arg]);
      }
    }
    const members = [...byKey.values()].map((memberships) => this.memberOfAny(memberships, guard));
    const printed = [...members, ...others];
    return printed.length === 1 ? printed[0]! : `(${printed.join(' or ')})`;
  }

  private memberOfAny(memberships: readonly InCodeSet[], guard: boolean): string {
    const [first] = memberships;
    const ids = [...new Set(memberships.map(({ codes }) => this.setId(codes)))].sort((a, b) => a - b);
    const found = `${this.expr(first!.key)} in ${this.dialect.members(ids, first!.of)}`;
    return guard ? `coalesce(${found}, false)` : found;
  }

  private inCodeSet(expr: InCodeSet): string {
    if (!expr.inLambda) return this.memberOfAny([expr], true);
    const id = this.setId(expr.codes);
    this.onMember(id, expr.of);
    return this.dialect.isMember(id, expr.of, this.expr(expr.key));
  }
}

type Exists = Extract<Expr, { op: 'exists' }>;
type InCodeSet = Extract<Expr, { op: 'inCodeSet' }>;

export function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}
