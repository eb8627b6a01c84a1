import { Block, type SortKey, type Source } from './block';
import { column, fieldOf, type Expr } from './expression';

/** The direct parts of an expression, blocks excluded. */
export function partsOf(expr: Expr): Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'column':
    case 'variable':
      return [];
    case 'call':
      return expr.args;
    case 'case': {
      const parts: Expr[] = [];
      for (const { when, then } of expr.branches) parts.push(when, then);
      parts.push(expr.otherwise);
      return parts;
    }
    case 'field':
      return [expr.struct];
    case 'struct':
      return expr.fields.map(([, inner]) => inner);
    case 'lambda':
      return expr.initial ? [expr.list, expr.body, expr.initial] : [expr.list, expr.body];
    case 'exists':
      return [expr.inner, expr.outer].filter((part) => part !== undefined);
    case 'inCodeSet':
      return [expr.key];
    case 'aggregate':
      return [...expr.args, ...expr.order.map((key) => key.expr)];
  }
}

/** Every expression of a block and the blocks inside it, with those of subqueries. */
export function expressionsWithin(block: Block, exprs: Expr[] = []): Expr[] {
  exprs.push(...block.where, ...block.columns.values());
  for (const columns of block.branchColumns.values()) exprs.push(...columns);
  exprs.push(...(block.distinctOn ?? []));
  for (const { expr } of block.distinctOrder) exprs.push(expr);
  for (const { expr } of block.pick?.order ?? []) exprs.push(expr);
  for (const source of block.sources) exprs.push(...sourceExpressions(source));
  for (const nested of nestedBlocks(block)) expressionsWithin(nested, exprs);
  return exprs;
}

export function sourceExpressions(source: Source): Expr[] {
  const own = source.on ? [source.on] : [];
  if (source.kind === 'unnest') own.push(source.list);
  if (source.kind === 'block' && source.key) own.push(source.key.inner, source.key.outer);
  return own;
}

/** The sources of a block and the blocks inside it. */
export function sourcesWithin(block: Block, sources: Source[] = []): Source[] {
  sources.push(...block.sources);
  for (const nested of nestedBlocks(block)) sourcesWithin(nested, sources);
  return sources;
}

function nestedBlocks(block: Block): Block[] {
  const nested = [...(block.branches ?? [])];
  for (const source of block.sources) if (source.kind === 'block') nested.push(source.block);
  return nested;
}

/** What an expression or block refers to that it does not bring itself. */
export interface Free {
  sources: Set<Source>;
  variables: Set<string>;
}

export function freeOfExpr(...exprs: readonly Expr[]): Free {
  const free: Free = { sources: new Set(), variables: new Set() };
  const seen = new Set<Expr>();
  for (const expr of exprs) collectExpr(expr, nothing, nothing, free, seen);
  return free;
}

export function freeOfBlock(block: Block): Free {
  const free: Free = { sources: new Set(), variables: new Set() };
  collectBlock(block, nothing, nothing, free);
  return free;
}

const nothing: ReadonlySet<never> = new Set();

/** @param seen expressions that were collected with the same `bound` and `names` */
function collectExpr(
  expr: Expr,
  bound: ReadonlySet<Source>,
  names: ReadonlySet<string>,
  free: Free,
  seen: Set<Expr>,
): void {
  switch (expr.op) {
    case 'literal':
      return;
    case 'column':
      if (!bound.has(expr.source)) free.sources.add(expr.source);
      return;
    case 'variable':
      if (!names.has(expr.name)) free.variables.add(expr.name);
      return;
    default:
      break;
  }
  if (seen.has(expr)) return;
  seen.add(expr);
  if (expr.op === 'lambda') {
    collectExpr(expr.list, bound, names, free, seen);
    if (expr.initial) collectExpr(expr.initial, bound, names, free, seen);
    collectExpr(expr.body, bound, new Set([...names, ...expr.variables]), free, new Set());
  } else if (expr.op === 'exists') {
    collectBlock(expr.block, bound, names, free);
    if (expr.inner) collectExpr(expr.inner, withSources(bound, expr.block), names, free, new Set());
    if (expr.outer) collectExpr(expr.outer, bound, names, free, seen);
  } else for (const part of partsOf(expr)) collectExpr(part, bound, names, free, seen);
}

function collectBlock(
  block: Block,
  bound: ReadonlySet<Source>,
  names: ReadonlySet<string>,
  free: Free,
): void {
  block.branches?.forEach((branch, index) => {
    collectBlock(branch, bound, names, free);
    const within = withSources(bound, branch);
    const local = new Set<Expr>();
    for (const exprs of block.branchColumns.values()) collectExpr(exprs[index]!, within, names, free, local);
  });
  const inner = withSources(bound, block);
  const own: Expr[] = [];
  for (const source of block.sources) {
    if (source.on) own.push(source.on);
    if (source.kind === 'unnest') own.push(source.list);
    if (source.kind !== 'block') continue;
    collectBlock(source.block, inner, names, free);
    if (!source.key) continue;
    own.push(source.key.outer);
    collectExpr(source.key.inner, withSources(inner, source.block), names, free, new Set());
  }
  own.push(...block.where, ...block.columns.values(), ...(block.distinctOn ?? []));
  for (const { expr } of block.distinctOrder) own.push(expr);
  for (const { expr } of block.pick?.order ?? []) own.push(expr);
  const local = new Set<Expr>();
  for (const expr of own) collectExpr(expr, inner, names, free, local);
}

function withSources(bound: ReadonlySet<Source>, block: Block): ReadonlySet<Source> {
  return new Set([...bound, ...block.sources]);
}

/** Rebuilds expressions with some sources replaced by others. */
export class Rewriter {
  private readonly done = new Map<Expr, Expr>();

  /** @param kept sources that are not copied with their block: their replacement stands already */
  constructor(
    private readonly sources: Map<Source, Source>,
    private readonly kept: ReadonlySet<Source> = new Set(),
  ) {}

  expr = (expr: Expr): Expr => {
    const known = this.done.get(expr);
    if (known) return known;
    const result = this.rebuild(expr);
    this.done.set(expr, result);
    return result;
  };

  key = ({ expr, descending }: SortKey): SortKey => ({ expr: this.expr(expr), descending });

  /** A copy of the block whose own sources are new; nested blocks are copied only where they refer to a replaced source. */
  block(block: Block): Block {
    const copy = new Block();
    for (const source of block.sources) {
      const replaced = this.kept.has(source) ? this.sources.get(source)! : { ...source };
      this.sources.set(source, replaced);
      copy.sources.push(replaced);
    }
    for (const [index, source] of copy.sources.entries()) {
      if (this.kept.has(block.sources[index]!)) continue;
      if (source.on) source.on = this.expr(source.on);
      if (source.kind === 'unnest') source.list = this.expr(source.list);
      if (source.kind === 'block') {
        if (this.touches(source.block)) {
          const original = source.block;
          source.block = this.block(original);
          if (source.key)
            source.key = { inner: this.expr(source.key.inner), outer: this.expr(source.key.outer) };
        } else if (source.key) {
          source.key = { inner: source.key.inner, outer: this.expr(source.key.outer) };
        }
      }
    }
    copy.branches = block.branches?.map((branch) => this.block(branch));
    copy.where = block.where.map(this.expr);
    copy.distinctOn = block.distinctOn?.map(this.expr);
    copy.distinctOrder = block.distinctOrder.map(this.key);
    copy.pick = block.pick && { ...block.pick, order: block.pick.order.map(this.key) };
    copy.aggregated = block.aggregated;
    for (const [name, expr] of block.columns) copy.columns.set(name, this.expr(expr));
    for (const [name, exprs] of block.branchColumns) copy.branchColumns.set(name, exprs.map(this.expr));
    return copy;
  }

  private touches(block: Block): boolean {
    return [...freeOfBlock(block).sources].some((source) => this.sources.has(source));
  }

  private rebuild(expr: Expr): Expr {
    switch (expr.op) {
      case 'literal':
      case 'variable':
        return expr;
      case 'column': {
        const source = this.sources.get(expr.source);
        return source ? column(source, expr.name) : expr;
      }
      case 'call':
        return { op: 'call', fn: expr.fn, args: expr.args.map(this.expr) };
      case 'case':
        return {
          op: 'case',
          branches: expr.branches.map(({ when, then }) => ({ when: this.expr(when), then: this.expr(then) })),
          otherwise: this.expr(expr.otherwise),
        };
      case 'field':
        return fieldOf(this.expr(expr.struct), expr.name, expr.ofDate, expr.daily);
      case 'struct':
        return { op: 'struct', fields: expr.fields.map(([name, inner]) => [name, this.expr(inner)]) };
      case 'lambda':
        return {
          ...expr,
          list: this.expr(expr.list),
          body: this.expr(expr.body),
          initial: expr.initial && this.expr(expr.initial),
        };
      case 'inCodeSet': {
        const { key, codes, of, inLambda } = expr;
        return { op: 'inCodeSet', key: this.expr(key), codes, of, inLambda };
      }
      case 'aggregate':
        return { ...expr, args: expr.args.map(this.expr), order: expr.order.map(this.key) };
      case 'exists': {
        const { block, inner, outer } = expr;
        const copied = this.touches(block);
        return {
          op: 'exists',
          block: copied ? this.block(block) : block,
          inner: copied && inner ? this.expr(inner) : inner,
          outer: outer && this.expr(outer),
        };
      }
    }
  }
}
