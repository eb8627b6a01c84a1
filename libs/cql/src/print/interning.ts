import type { Block, Source } from '../plan/block';
import { conjuncts, equal, type Expr } from '../plan/expression';
import { partsOf, sourceExpressions } from '../plan/traverse';
import { expressionsWithin } from './correlation';

/** Numbers expressions so that equal expressions have equal numbers. */
export class Interning {
  private readonly numbers = new Map<Expr, number>();
  private readonly byKey = new Map<string, number>();
  private readonly objects = new Map<object, number>();

  idOf(expr: Expr): number {
    const known = this.numbers.get(expr);
    if (known !== undefined) return known;
    const key = this.keyOf(expr);
    const id = this.byKey.get(key) ?? this.byKey.size;
    this.byKey.set(key, id);
    this.numbers.set(expr, id);
    return id;
  }

  /** Number of a source, block or code set: by identity. */
  objectId(object: object): number {
    const known = this.objects.get(object);
    if (known !== undefined) return known;
    this.objects.set(object, this.objects.size);
    return this.objects.size - 1;
  }

  /** Is a row of outside in the table of a define? Then equal questions have equal keys, each with a block of its own. */
  private membershipKey({ block, inner, outer }: Extract<Expr, { op: 'exists' }>): string | undefined {
    const [source, ...others] = block.sources;
    if (source?.kind !== 'define' || source.on || others.length > 0) return undefined;
    if (block.branches || block.distinctOn || block.pick || block.aggregated) return undefined;
    const conditions = conjuncts([...block.where, ...(inner && outer ? [equal(inner, outer)] : [])]);
    const keys = conditions.map((condition) => {
      if (condition.op !== 'call' || condition.fn !== '=') return undefined;
      const own = condition.args.find((arg) => arg.op === 'column' && arg.source === source);
      const probe = condition.args.find((arg) => arg !== own);
      return own?.op === 'column' && probe && `${own.name}=${this.idOf(probe)}`;
    });
    return keys.every(Boolean) ? `in ${source.define.name}(${keys.join()})` : undefined;
  }

  private keyOf(expr: Expr): string {
    const parts = (): string =>
      partsOf(expr)
        .map((part) => this.idOf(part))
        .join();
    switch (expr.op) {
      case 'literal':
        return `l${expr.sql}`;
      case 'column':
        return `c${this.objectId(expr.source)}.${expr.name}`;
      case 'variable':
        return `v${expr.name}`;
      case 'call':
        return `f${expr.fn}(${parts()})`;
      case 'case':
        return `case(${parts()})`;
      case 'field':
        return `.${expr.name}(${parts()})`;
      case 'struct':
        return `{${expr.fields.map(([name, value]) => `${name}:${this.idOf(value)}`).join()}}`;
      case 'lambda':
        return `λ${expr.fn} ${expr.variables.join()} (${parts()})`;
      case 'inCodeSet':
        return `in${this.objectId(expr.codes)}${expr.of}${expr.inLambda}(${parts()})`;
      case 'exists':
        return this.membershipKey(expr) ?? `${expr.op}${this.objectId(expr.block)}(${parts()})`;
      case 'aggregate': {
        const order = expr.order.map((key) => `${this.idOf(key.expr)}${key.descending}`).join();
        return `agg ${expr.fn}${expr.distinct ?? false}(${expr.args.map((arg) => this.idOf(arg)).join()};${order})`;
      }
    }
  }
}

/** What is still needed of the rows of a SELECT. */
export interface Needs {
  columns: Map<Source, Set<string>>;
  /** Numbers of expressions that have a name. */
  names: Set<number>;
}

/**
 * Columns of some sources, and named expressions, that expressions and sources to come read, also from inside nested
 * blocks.
 */
export function needsOf(
  exprs: readonly Expr[],
  readers: readonly Source[],
  sources: ReadonlySet<Source>,
  nameOf: (expr: Expr) => number | undefined,
): Needs {
  const needs: Needs = { columns: new Map(), names: new Set() };
  const seen = new Set<Expr | Block>();
  const visit = (expr: Expr): void => {
    if (seen.has(expr)) return;
    seen.add(expr);
    const name = nameOf(expr);
    if (name !== undefined) {
      needs.names.add(name);
      return;
    }
    if (expr.op === 'column' && sources.has(expr.source)) {
      needs.columns.set(expr.source, (needs.columns.get(expr.source) ?? new Set()).add(expr.name));
    }
    partsOf(expr).forEach(visit);
    if (expr.op === 'exists') visitBlock(expr.block);
  };
  const visitSource = (source: Source): void => {
    sourceExpressions(source).forEach(visit);
    if (source.kind === 'block') visitBlock(source.block);
  };
  const visitBlock = (block: Block): void => {
    if (seen.has(block)) return;
    seen.add(block);
    expressionsWithin(block).forEach(visit);
  };
  exprs.forEach(visit);
  readers.forEach(visitSource);
  return needs;
}
