import type { Block } from '../plan/block';
import { conjuncts, equal, type Expr } from '../plan/expression';
import { partsOf } from '../plan/traverse';
import { Inside, Node } from './node';

/** Numbers expressions so that equal expressions have equal numbers. */
export class Interning {
  private readonly nodes = new Map<Expr, Node>();
  private readonly byKey = new Map<string, Node>();
  private readonly objects = new Map<object, number>();
  private readonly inside = new Map<Block, Inside>();
  private walks = 0;

  nodeOf(expr: Expr): Node {
    const known = this.nodes.get(expr);
    if (known) return known;
    const membership = expr.op === 'exists' ? this.membershipKey(expr) : undefined;
    const node = membership ? this.nodeFor(membership, expr, undefined) : this.nodeOfParts(expr);
    this.nodes.set(expr, node);
    return node;
  }

  nodesOf(exprs: readonly Expr[]): Node[] {
    const nodes: Node[] = [];
    for (const expr of exprs) nodes.push(this.nodeOf(expr));
    return nodes;
  }

  idOf(expr: Expr): number {
    return this.nodeOf(expr).id;
  }

  insideOf(block: Block): Inside {
    const known = this.inside.get(block);
    if (known) return known;
    const inside = new Inside(block, this);
    this.inside.set(block, inside);
    return inside;
  }

  /** The number of a new walk, by which nodes are marked that it has been at. */
  newWalk(): number {
    return ++this.walks;
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

  private nodeOfParts(expr: Expr): Node {
    let key = `${this.labelOf(expr)}(`;
    const parts = this.nodesOf(partsOf(expr));
    for (const { id } of parts) key += `${id},`;
    return this.nodeFor(key, expr, parts);
  }

  private nodeFor(key: string, expr: Expr, parts: readonly Node[] | undefined): Node {
    const known = this.byKey.get(key);
    if (known) return known;
    const node = new Node(this.byKey.size, expr, this, parts);
    this.byKey.set(key, node);
    return node;
  }

  /** What tells an expression from others with the same parts. */
  private labelOf(expr: Expr): string {
    switch (expr.op) {
      case 'literal':
        return `l${expr.sql}`;
      case 'column':
        return `c${this.objectId(expr.source)}.${expr.name}`;
      case 'variable':
        return `v${expr.name}`;
      case 'call':
        return `f${expr.fn}`;
      case 'case':
        return 'case';
      case 'field':
        return `.${expr.name}`;
      case 'struct':
        return `{${expr.fields.map(([name]) => name).join(':')}}`;
      case 'lambda':
        return `λ${expr.fn} ${expr.variables.join()} `;
      case 'inCodeSet':
        return `in${this.objectId(expr.codes)}${expr.of}${expr.inLambda}`;
      case 'exists':
        return `${expr.op}${this.objectId(expr.block)}`;
      case 'aggregate': {
        const order = expr.order.map((key) => `${this.idOf(key.expr)}${key.descending}`).join();
        return `agg ${expr.fn}${expr.distinct ?? false}${expr.args.length} ${order}`;
      }
    }
  }
}
