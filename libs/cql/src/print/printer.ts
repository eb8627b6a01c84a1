import { Defect } from '@catchment/platform';
import type { Block, SortKey, Source } from '../plan/block';
import type { CodeSet } from '../plan/code-set';
import { isTrue, type Expr } from '../plan/expression';
import { freeOfBlock, freeOfExpr, sourceExpressions } from '../plan/traverse';
import type { Dialect } from './dialect';
import { columnsRead, Interning } from './interning';
import { SharingFinder, type Sharing } from './sharing';

/** Prints the blocks and expressions of one statement. */
export class Printer {
  private readonly interning = new Interning();
  private readonly finder = new SharingFinder(this.interning);
  /** How a column of a source is written where printing stands now. */
  private readonly readers = new Map<Source, (name: string) => string>();
  /** Expressions that have a name where printing stands now. */
  private readonly named = new Map<number, string>();
  private aliases = 0;

  constructor(
    private readonly dialect: Dialect,
    private readonly setId: (set: CodeSet) => number,
    private readonly onMember: (setId: number, of: 'concept' | 'conceptList') => void,
  ) {}

  /** A block as SELECT. `key` is printed as a first column of that name, for the join of a picked or aggregated block. */
  select(block: Block, outputs: ReadonlyMap<string, Expr> = block.columns, key?: Expr): string {
    if (block.branches) {
      return block.branches
        .map((branch, index) => {
          const columns = [...block.branchColumns].map(([name, exprs]): [string, Expr] => [name, exprs[index]!]);
          return this.select(branch, new Map(columns));
        })
        .join('\nunion all\n');
    }
    const from = this.from(block);
    const sharing = this.sharing(block, outputs, key);
    const [early, late] = this.splitWhere(block, sharing);
    const body = sharing.size > 0 ? this.levels(block, from, early, sharing, outputs, key) : `${from}${this.where(early)}`;
    const text = this.finish(block, body, sharing.size > 0 ? late : [], outputs, key);
    // The names belong to this SELECT: the block may be printed again elsewhere.
    for (const { id } of [...sharing.values()].flat()) this.named.delete(id);
    for (const source of block.sources) this.readers.delete(source);
    return text;
  }

  private finish(block: Block, body: string, where: Expr[], outputs: ReadonlyMap<string, Expr>, key?: Expr): string {
    const partition = key ? this.expr(key) : undefined;
    const columns = [...outputs].map(([name, expr]) => `${this.expr(expr)} as ${this.dialect.quote(name)}`);
    if (partition) columns.unshift(`${partition} as "key"`);
    if (columns.length === 0) columns.push('1');
    const distinct = block.distinctOn ? `distinct on (${block.distinctOn.map((expr) => this.expr(expr)).join(', ')}) ` : '';
    let tail = '';
    if (block.aggregated && partition) tail = `\ngroup by ${partition}`;
    if (block.pick) tail = this.pick(block.pick, partition);
    return `select ${distinct}${columns.join(', ')}\n${body}${this.where(where)}${tail}`;
  }

  private pick(pick: NonNullable<Block['pick']>, partition: string | undefined): string {
    const order = pick.order.length > 0 ? `order by ${this.order(pick.order)}` : '';
    if (!partition) return `\n${order} limit 1${pick.position > 1 ? ` offset ${pick.position - 1}` : ''}`;
    return `\nqualify row_number() over (partition by ${partition} ${order}) = ${pick.position}`;
  }

  private order(keys: SortKey[]): string {
    return keys
      .map(({ expr, descending }) => `${this.expr(expr)} ${descending ? 'desc nulls last' : 'asc nulls first'}`)
      .join(', ');
  }

  private where(conditions: Expr[]): string {
    const printed = conditions
      .flatMap((condition) => (condition.op === 'call' && condition.fn === 'and' ? condition.args : [condition]))
      .filter((condition) => !isTrue(condition))
      .map((condition) => this.expr(condition));
    return printed.length > 0 ? `\nwhere ${printed.join('\n  and ')}` : '';
  }

  /** The FROM clause; afterwards the block's sources can be read. */
  private from(block: Block): string {
    return inJoinOrder(block)
      .map((source, index) => {
        const alias = this.alias(source);
        const relation = this.relation(source);
        this.readers.set(source, (name) => `${alias}.${this.dialect.quote(name)}`);
        const lateral = this.isLateral(source) ? 'lateral ' : '';
        const key = source.kind === 'block' && source.key ? `${alias}."key" = ${this.expr(source.key.outer)}` : undefined;
        const condition = key ?? (source.on && this.expr(source.on));
        if (index === 0) {
          if (condition) throw new Defect('the first source of a block has a join condition');
          return `from ${relation} as ${alias}`;
        }
        if (source.join === 'left') return `left join ${lateral}${relation} as ${alias} on ${condition ?? 'true'}`;
        return condition ? `join ${lateral}${relation} as ${alias} on ${condition}` : `cross join ${lateral}${relation} as ${alias}`;
      })
      .join('\n');
  }

  private isLateral(source: Source): boolean {
    return source.kind === 'unnest' || (source.kind === 'block' && freeOfBlock(source.block).sources.size > 0);
  }

  private relation(source: Source): string {
    switch (source.kind) {
      case 'resource':
        return `fhir.${this.dialect.quote(source.resourceType)}`;
      case 'dictionary':
        return `dictionary.${source.table}`;
      case 'define':
        return this.dialect.quote(source.define.name);
      case 'unnest':
        return this.dialect.unnest(this.expr(source.list));
      case 'block':
        return `(\n${indent(this.select(source.block, undefined, source.key?.inner))}\n)`;
    }
  }

  private alias(source: Source): string {
    const stem =
      source.kind === 'resource' ? source.resourceType.toLowerCase() : source.kind === 'define' ? 'define' : source.kind;
    return this.dialect.quote(`${stem}_${++this.aliases}`);
  }

  private roots(block: Block, outputs: ReadonlyMap<string, Expr>, key?: Expr): Expr[] {
    return [
      ...block.where,
      ...outputs.values(),
      ...(block.distinctOn ?? []),
      ...(block.pick?.order.map((sortKey) => sortKey.expr) ?? []),
      ...(key ? [key] : []),
    ];
  }

  /** What can be computed from a row of the block: at least one of its columns, and no variable of a lambda. */
  private sharing(block: Block, outputs: ReadonlyMap<string, Expr>, key?: Expr): Sharing {
    return this.finder.find(
      this.roots(block, outputs, key),
      ({ sources, variables }) =>
        variables.size === 0 &&
        block.sources.some((source) => sources.has(source)) &&
        [...sources].every((source) => block.sources.includes(source) || this.readers.has(source)),
    );
  }

  /** Filters that need no name come first, below all named expressions. */
  private splitWhere(block: Block, sharing: Sharing): [early: Expr[], late: Expr[]] {
    const conditions = block.where.flatMap((where) => (where.op === 'call' && where.fn === 'and' ? where.args : [where]));
    const shared = new Set([...sharing.values()].flat().map(({ id }) => id));
    const seen = new Map<number, boolean>();
    const late = conditions.filter((condition) => this.finder.contains(condition, shared, seen));
    return [conditions.filter((condition) => !late.includes(condition)), late];
  }

  /** Nested SELECTs, one a level, each adding the named expressions of its level. */
  private levels(
    block: Block,
    from: string,
    early: Expr[],
    sharing: Sharing,
    outputs: ReadonlyMap<string, Expr>,
    key?: Expr,
  ): string {
    let body = `${from}${this.where(early)}`;
    const all = [...sharing.values()].flat().map(({ expr }) => expr);
    const read = columnsRead([...this.roots(block, outputs, key), ...all], new Set(block.sources));
    const depth = Math.max(...sharing.keys());
    for (let level = 1; level <= depth; level++) {
      const alias = this.dialect.quote(`level_${++this.aliases}`);
      const fresh = (sharing.get(level) ?? []).map(({ id, expr }) => ({ id, sql: this.expr(expr), name: `x${++this.aliases}` }));
      const passed =
        level === 1
          ? [...read].flatMap(([source, names]) =>
              [...names].map((name) => `${this.readers.get(source)!(name)} as ${this.dialect.quote(columnName(source, name, block))}`),
            )
          : ['*'];
      const columns = [...passed, ...fresh.map(({ sql, name }) => `${sql} as ${name}`)];
      body = `from (\n${indent(`select ${columns.join(', ')}\n${body}`)}\n) as ${alias}`;
      for (const source of block.sources) {
        this.readers.set(source, (name) => `${alias}.${this.dialect.quote(columnName(source, name, block))}`);
      }
      for (const earlier of [...this.named.keys()]) {
        const own = [...sharing.values()].flat().some(({ id }) => id === earlier);
        if (own) this.named.set(earlier, `${alias}.${this.named.get(earlier)!.split('.').at(-1)!}`);
      }
      for (const { id, name } of fresh) this.named.set(id, `${alias}.${name}`);
    }
    return body;
  }

  expr(expr: Expr): string {
    const named = this.named.get(this.interning.idOf(expr));
    if (named) return named;
    switch (expr.op) {
      case 'literal':
        return expr.sql;
      case 'column': {
        const reader = this.readers.get(expr.source);
        if (!reader) throw new Defect(`column ${expr.name} of a ${expr.source.kind} source that is not in scope`);
        return reader(expr.name);
      }
      case 'variable':
        return expr.name;
      case 'call': {
        const template = this.dialect.functions[expr.fn];
        if (!template) throw new Defect(`the dialect has no function "${expr.fn}"`);
        return template(expr.args.map((arg) => this.expr(arg)));
      }
      case 'case': {
        const branches = expr.branches.map(({ when, then }) => `when ${this.expr(when)} then ${this.expr(then)}`);
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
        return this.exists(expr);
      case 'subquery':
        return this.subquery(expr);
      case 'inCodeSet':
        return this.inCodeSet(expr);
      case 'aggregate': {
        const template = this.dialect.aggregates[expr.fn];
        if (!template) throw new Defect(`the dialect has no aggregate "${expr.fn}"`);
        const orderBy = expr.order.length > 0 ? ` order by ${this.order(expr.order)}` : '';
        return template(
          expr.args.map((arg) => this.expr(arg)),
          orderBy,
          expr.distinct ?? false,
        );
      }
    }
  }

  /** The body of a lambda; what it repeats is named by lambdas over lists of one struct. */
  private lambdaBody({ body, variables }: Extract<Expr, { op: 'lambda' }>): string {
    const sharing = this.finder.find([body], (reads) => variables.some((name) => reads.variables.has(name)));
    const depth = Math.max(0, ...sharing.keys());
    const opened: { structs: string; name: string }[] = [];
    for (let level = 1; level <= depth; level++) {
      const name = `s${++this.aliases}`;
      const entries = sharing.get(level) ?? [];
      const fields = entries.map(({ expr }, index): [string, string] => [`x${index}`, this.expr(expr)]);
      opened.push({ structs: this.dialect.struct(fields), name });
      entries.forEach(({ id }, index) => this.named.set(id, this.dialect.field(name, `x${index}`)));
    }
    const text = this.expr(body);
    for (const { id } of [...sharing.values()].flat()) this.named.delete(id);
    return opened.reduceRight((inner, { structs, name }) => this.dialect.bind(structs, name, inner), text);
  }

  /** A semi-join on the patient where the rows depend on nothing else, a correlated subquery otherwise. */
  private exists({ block, inner, outer }: Extract<Expr, { op: 'exists' }>): string {
    if (inner && outer && freeOfBlock(block).sources.size === 0) {
      const probe = this.expr(outer);
      return `(${probe} in (\n${indent(this.select(block, new Map([['key', inner]])))}\n))`;
    }
    const matched = inner && outer ? { op: 'call' as const, fn: '=', args: [inner, outer] } : undefined;
    const correlated = matched ? withCondition(block, matched) : block;
    return `exists (\n${indent(this.select(correlated, new Map()))}\n)`;
  }

  private subquery({ block, value }: Extract<Expr, { op: 'subquery' }>): string {
    return `(${this.select(block, new Map([['value', value]]))})`;
  }

  private inCodeSet(expr: Extract<Expr, { op: 'inCodeSet' }>): string {
    const id = this.setId(expr.codes);
    const key = this.expr(expr.key);
    if (expr.inLambda) {
      this.onMember(id, expr.of);
      return this.dialect.isMember(id, expr.of, key);
    }
    return `coalesce(${key} in ${this.dialect.members([id], expr.of)}, false)`;
  }
}

/** The sources, each after those of the block that its join condition, list or nested block reads. */
function inJoinOrder(block: Block): Source[] {
  const waiting = [...block.sources];
  const ordered: Source[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (source) =>
        (ordered.length > 0 || source.join === 'from') &&
        sourceReads(source).every((read) => read === source || !waiting.includes(read)),
    );
    if (next < 0) throw new Defect('the sources of a block read each other');
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

function sourceReads(source: Source): Source[] {
  const own = sourceExpressions(source).flatMap((expr) => [...freeOfExpr(expr).sources]);
  const nested = source.kind === 'block' ? [...freeOfBlock(source.block).sources] : [];
  const inside = source.kind === 'block' ? new Set(source.block.sources) : new Set<Source>();
  return [...own, ...nested].filter((read) => !inside.has(read));
}

function withCondition(block: Block, condition: Expr): Block {
  if (block.pick || block.aggregated || block.distinctOn || block.branches) {
    throw new Defect('a finished block cannot be filtered');
  }
  const copy = Object.create(Object.getPrototypeOf(block) as object, Object.getOwnPropertyDescriptors(block)) as Block;
  copy.where = [...block.where, condition];
  return copy;
}

function columnName(source: Source, name: string, block: Block): string {
  return `s${block.sources.indexOf(source)}_${name}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

