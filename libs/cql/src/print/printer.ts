import { Defect } from '@catchment/platform';
import type { Block, Source } from '../plan/block';
import { TRUE, isTrue, type Expr } from '../plan/expression';
import {
  dependsOnRows,
  expressionsWithin,
  hardExists,
  inJoinOrder,
  isComputedList,
  sourcesWithin,
  splitSources,
} from './correlation';
import { correlates, type Correlate } from './correlates';
import { ExpressionPrinter, indent } from './expression-printer';
import { columnsRead } from './interning';
import { enterOuter, type EnteredOuter, type Outer } from './outer-rows';
import type { Sharing } from './sharing';

/** How a SELECT is printed beside its outputs. */
interface Frame {
  /** First column `key`: the partition of a picked or aggregated block. */
  key?: Expr;
  outer?: Outer;
  distinct?: boolean;
}

/** Where a SELECT reads from while its parts are put together. */
interface Stages {
  /** Common table expressions, in order. */
  tables: string[];
  /** FROM clause of what has been put together so far. */
  body: string;
  /** Columns that something still needs, by source of this SELECT. */
  read: ReadonlyMap<Source, ReadonlySet<string>>;
  /** Expressions that got their name in this SELECT. */
  names: Set<number>;
}

/**
 * Prints the blocks of one statement. Blocks that depend on rows of other sources (the first observation during this
 * encounter) are not printed as lateral joins: they are joined to the distinct combinations of the columns that they
 * read, computed for all of them, and joined back.
 */
export class Printer extends ExpressionPrinter {
  select(block: Block, outputs: ReadonlyMap<string, Expr> = block.columns, frame: Frame = {}): string {
    if (block.branches) return this.union(block, frame);
    const outer = frame.outer && this.enter(frame.outer);
    const { plain, late } = splitSources(inJoinOrder(block));
    const conditions = conjuncts([...block.where, ...(frame.outer?.match ?? [])]);
    const roots = [
      ...conditions,
      ...outputs.values(),
      ...(block.distinctOn ?? []),
      ...block.distinctOrder.map((key) => key.expr),
      ...(block.pick?.order.map((key) => key.expr) ?? []),
      ...(frame.key ? [frame.key] : []),
    ];
    const hard = hardExists(roots, (inner) => this.finder.isSmall(expressionsWithin(inner)));
    const own = new Set([...block.sources, ...(outer?.sources ?? [])]);
    const stages: Stages = {
      tables: [],
      body: this.from(plain, outer?.text),
      read: columnsRead([...roots, ...(outer?.columns ?? [])], late, own, (expr) =>
        this.named.has(this.interning.idOf(expr)),
      ),
      names: new Set(outer?.names),
    };
    let rest = conditions;
    if (late.length > 0 || hard.length > 0) {
      const inside = late.flatMap((source) =>
        source.kind === 'block' ? expressionsWithin(source.block) : [],
      );
      const known = new Set(hard.map((expr) => this.interning.idOf(expr)));
      rest = this.nameRepeated(stages, [...roots, ...inside], conditions, known, true);
      for (const source of late) this.joinLate(stages, source);
      for (const expr of hard) this.joinExists(stages, expr);
    }
    rest = this.nameRepeated(stages, roots, rest, new Set(), false);
    const text = this.finish(stages, block, rest, outputs, frame);
    // The names belong to this SELECT: the block may be printed again elsewhere.
    for (const id of stages.names) this.named.delete(id);
    for (const source of block.sources) this.readers.delete(source);
    outer?.leave();
    return stages.tables.length > 0 ? `with ${stages.tables.join(',\n')}\n${text}` : text;
  }

  private enter(outer: Outer): EnteredOuter {
    const alias = this.dialect.quote(`outer_${this.number()}`);
    return enterOuter(outer, alias, { readers: this.readers, named: this.named });
  }

  private union(block: Block, frame: Frame): string {
    return block
      .branches!.map((branch, index) => {
        const columns = [...block.branchColumns].map(([name, exprs]): [string, Expr] => [
          name,
          exprs[index]!,
        ]);
        return `(${this.select(branch, new Map(columns), frame)})`;
      })
      .join('\nunion all\n');
  }

  /** FROM over sources that depend on no row; afterwards they can be read. */
  private from(sources: readonly Source[], first: string | undefined): string {
    const lines = first ? [`from ${first}`] : [];
    for (const source of sources) {
      const alias = this.alias(source);
      const relation = this.relation(source);
      this.readers.set(source, (name) => `${alias}.${this.dialect.quote(name)}`);
      const lateral = source.kind === 'unnest' ? 'lateral ' : '';
      const condition = this.joinCondition(source, alias);
      if (lines.length === 0) {
        if (condition) throw new Defect('the first source of a block has a join condition');
        lines.push(`from ${relation} as ${alias}`);
      } else if (source.join === 'left')
        lines.push(`left join ${lateral}${relation} as ${alias} on ${condition ?? 'true'}`);
      else if (condition) lines.push(`join ${lateral}${relation} as ${alias} on ${condition}`);
      else lines.push(`cross join ${lateral}${relation} as ${alias}`);
    }
    return lines.join('\n');
  }

  private joinCondition(source: Source, alias: string): string | undefined {
    if (source.kind === 'block' && source.key) return `${alias}."key" = ${this.expr(source.key.outer)}`;
    return source.on && this.expr(source.on);
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
        return `(\n${indent(this.select(source.block, undefined, { key: source.key?.inner }))}\n)`;
    }
  }

  private alias(source: Source): string {
    const stem =
      source.kind === 'resource'
        ? source.resourceType.toLowerCase()
        : source.kind === 'define'
          ? 'define'
          : source.kind;
    return this.dialect.quote(`${stem}_${this.number()}`);
  }

  /**
   * Names what is repeated, in tables on top of what there is, after the filters that need no name.
   * @param waiting expressions that are not ready yet
   * @param always also make a table when nothing is repeated: others will read from it
   * @returns the filters that are left
   */
  private nameRepeated(
    stages: Stages,
    roots: readonly Expr[],
    conditions: Expr[],
    waiting: ReadonlySet<number>,
    always: boolean,
  ): Expr[] {
    const sharing = this.sharing(roots, waiting);
    if (sharing.size === 0 && !always) return conditions;
    const unready = new Set([...waiting, ...[...sharing.values()].flat().map(({ id }) => id)]);
    const seen = new Map<number, boolean>();
    const early = conditions.filter(
      (condition) => this.isReadable(condition) && !this.finder.contains(condition, unready, seen),
    );
    stages.body += this.where(early);
    const depth = Math.max(1, ...sharing.keys());
    for (let level = 1; level <= depth; level++) {
      const fresh = (sharing.get(level) ?? []).map(({ id, expr }) => ({
        id,
        sql: this.expr(expr),
        name: `n${this.number()}`,
      }));
      this.stage(stages, fresh);
    }
    return conditions.filter((condition) => !early.includes(condition));
  }

  private isReadable(expr: Expr): boolean {
    return [...this.finder.readsOf(expr).sources].every((source) => this.readers.has(source));
  }

  /** What can be computed where printing stands: it reads a column, no variable of a lambda, and nothing that waits. */
  private sharing(roots: readonly Expr[], waiting: ReadonlySet<number>): Sharing {
    const seen = new Map<number, boolean>();
    return this.finder.find(
      roots,
      ({ sources, variables }, expr) =>
        variables.size === 0 &&
        sources.size > 0 &&
        [...sources].every((source) => this.readers.has(source)) &&
        !(waiting.size > 0 && this.finder.contains(expr, waiting, seen)),
      (id) => this.named.has(id),
    );
  }

  /** Joins a source that depends on rows of the sources before it. */
  private joinLate(stages: Stages, source: Source): void {
    if (isComputedList(source)) {
      const id = this.interning.idOf(source.list);
      if (!this.named.has(id))
        this.stage(stages, [{ id, sql: this.expr(source.list), name: `n${this.number()}` }]);
    }
    const alias = this.alias(source);
    const join = source.join === 'left' ? 'left join' : 'join';
    const read = (name: string): string => `${alias}.${this.dialect.quote(name)}`;
    if (source.kind !== 'block' || !dependsOnRows(source)) {
      const lateral = source.kind === 'unnest' ? 'lateral ' : '';
      const relation = this.relation(source);
      this.readers.set(source, read);
      const condition = this.joinCondition(source, alias);
      this.stage(stages, [], {
        join: `${join} ${lateral}${relation} as ${alias} on ${condition ?? 'true'}`,
        added: [],
      });
    } else {
      const found = this.correlatesOf(source.block, source.key ? [source.key.outer] : []);
      const match = source.key ? [equalKeys(source.key)] : [];
      const relation = this.distinctRows(stages, found);
      const text = this.select(source.block, source.block.columns, {
        outer: { relation, correlates: found, match },
      });
      const on = this.matchOuter(found, alias);
      this.readers.set(source, read);
      const extra = source.on ? ` and ${this.expr(source.on)}` : '';
      this.stage(stages, [], {
        join: `${join} (\n${indent(text)}\n) as ${alias} on ${on}${extra}`,
        added: [],
      });
    }
  }

  /** Computes an exists for all rows, as a column. */
  private joinExists(stages: Stages, expr: Extract<Expr, { op: 'exists' }>): void {
    const id = this.interning.idOf(expr);
    if (this.named.has(id)) return;
    const { inner, outer, block } = expr;
    const found = this.correlatesOf(block, outer ? [outer] : []);
    const match = inner && outer ? [equalKeys({ inner, outer })] : [];
    const relation = this.distinctRows(stages, found);
    const text = this.select(block, new Map([['found', TRUE]]), {
      outer: { relation, correlates: found, match },
      distinct: true,
    });
    const alias = this.dialect.quote(`exists_${this.number()}`);
    const name = `n${this.number()}`;
    const join = `left join (\n${indent(text)}\n) as ${alias} on ${this.matchOuter(found, alias)}`;
    this.stage(stages, [], { join, added: [`coalesce(${alias}."found", false) as ${name}`] });
    this.named.set(id, `${stages.body.slice('from '.length)}.${name}`);
    stages.names.add(id);
  }

  private correlatesOf(block: Block, others: readonly Expr[]): Correlate[] {
    return correlates(
      [...expressionsWithin(block), ...others],
      new Set(sourcesWithin(block)),
      this.interning,
      (id) => this.named.has(id),
    );
  }

  private distinctRows(stages: Stages, found: readonly Correlate[]): string {
    const items = found.map((correlate, index) => `${this.expr(correlate.expr)} as "o${index}"`);
    return `(select distinct ${items.join(', ')} ${stages.body})`;
  }

  private matchOuter(found: readonly Correlate[], alias: string): string {
    return found
      .map(({ expr }, index) => `${alias}."o${index}" is not distinct from ${this.expr(expr)}`)
      .join(' and ');
  }

  private passedName(source: Source, name: string): string {
    return this.dialect.quote(`s${this.interning.objectId(source)}_${name}`);
  }

  /**
   * Closes what was put together as a table, with everything that is still needed, and reads on from it. Columns and
   * names keep their name from table to table.
   */
  private stage(
    stages: Stages,
    fresh: { id: number; sql: string; name: string }[],
    { join, added }: { join?: string; added: string[] } = { added: [] },
  ): void {
    const table = `stage_${this.number()}`;
    const kept: [key: Source | number, name: string][] = [];
    const items = [...added, ...fresh.map(({ sql, name }) => `${sql} as ${name}`)];
    for (const [source, wanted] of stages.read) {
      const reader = this.readers.get(source);
      if (!reader) continue;
      for (const column of wanted) items.push(`${reader(column)} as ${this.passedName(source, column)}`);
      kept.push([source, '']);
    }
    for (const id of stages.names) {
      const sql = this.named.get(id)!;
      const name = /^n\d+$/.test(sql.split('.').at(-1)!) ? sql.split('.').at(-1)! : `n${this.number()}`;
      items.push(`${sql} as ${name}`);
      kept.push([id, name]);
    }
    if (items.length === 0) items.push('1 as nothing');
    stages.tables.push(
      `${table} as (\n${indent(`select ${items.join(', ')}\n${stages.body}${join ? `\n${join}` : ''}`)}\n)`,
    );
    stages.body = `from ${table}`;
    for (const [key, name] of kept) {
      if (typeof key === 'number') this.named.set(key, `${table}.${name}`);
      else this.readers.set(key, (column) => `${table}.${this.passedName(key, column)}`);
    }
    for (const { id, name } of fresh) {
      this.named.set(id, `${table}.${name}`);
      stages.names.add(id);
    }
  }

  private finish(
    stages: Stages,
    block: Block,
    where: Expr[],
    outputs: ReadonlyMap<string, Expr>,
    frame: Frame,
  ): string {
    const outer = frame.outer?.correlates.map(({ expr }) => this.expr(expr)) ?? [];
    const partition = frame.outer ? outer : frame.key ? [this.expr(frame.key)] : [];
    const columns = [
      ...outer.map((sql, index) => `${sql} as "o${index}"`),
      ...(frame.key ? [`${this.expr(frame.key)} as "key"`] : []),
      ...[...outputs].map(([name, expr]) => `${this.expr(expr)} as ${this.dialect.quote(name)}`),
    ];
    if (columns.length === 0) columns.push('1');
    const on = block.distinctOn && [...outer, ...block.distinctOn.map((expr) => this.expr(expr))];
    const distinct = on ? `distinct on (${on.join(', ')}) ` : frame.distinct ? 'distinct ' : '';
    let tail = '';
    if (block.aggregated && partition.length > 0) tail = `\ngroup by ${partition.join(', ')}`;
    if (block.pick) tail = this.pick(block.pick, partition);
    if (block.distinctOrder.length > 0) tail = `\norder by ${this.order(block.distinctOrder)}`;
    return `select ${distinct}${columns.join(', ')}\n${stages.body}${this.where(where)}${tail}`;
  }

  private pick(pick: NonNullable<Block['pick']>, partition: string[]): string {
    const order = pick.order.length > 0 ? `order by ${this.order(pick.order)}` : '';
    if (partition.length === 0)
      return `\n${order} limit 1${pick.position > 1 ? ` offset ${pick.position - 1}` : ''}`;
    return `\nqualify row_number() over (partition by ${partition.join(', ')} ${order}) = ${pick.position}`;
  }

  private where(conditions: readonly Expr[]): string {
    const printed = conditions.map((condition) => this.filter(condition));
    return printed.length > 0 ? `\nwhere ${printed.join('\n  and ')}` : '';
  }
}

function equalKeys({ inner, outer }: { inner: Expr; outer: Expr }): Expr {
  return { op: 'call', fn: '=', args: [inner, outer] };
}

function conjuncts(conditions: readonly Expr[]): Expr[] {
  return conditions
    .flatMap((condition) =>
      condition.op === 'call' && condition.fn === 'and' ? condition.args : [condition],
    )
    .filter((condition) => !isTrue(condition));
}
