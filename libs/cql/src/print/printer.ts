import type { Block, Source } from '../plan/block';
import { TRUE, column, conjuncts, equal, isNotNull, type Expr } from '../plan/expression';
import { expressionsWithin, sourcesWithin } from '../plan/traverse';
import { dependsOnRows, hardExists, isComputedList, splitSources } from './correlation';
import { correlates, type Correlate } from './correlates';
import { indent } from './expression-printer';
import { SourcePrinter } from './source-printer';
import { handedOn, isHandedOn, type HandedOn } from './handed-on';
import type { Node } from './node';
import { keysInside, type Keys } from './keys-inside';
import { enterOuter, rowKeyOf, type EnteredOuter, type Outer } from './outer-rows';
import { needsOf } from './needs';
import { neededColumns } from './semi-join';
import type { Sharing } from './sharing';
import type { Frame, Stages } from './stages';

/**
 * Prints the blocks of one statement. Blocks that depend on rows of other sources (the first observation during this
 * encounter) are not printed as lateral joins: they are joined to the distinct combinations of the columns that they
 * read, computed for all of them, and joined back.
 */
export class Printer extends SourcePrinter {
  select(block: Block, outputs: ReadonlyMap<string, Expr> = block.columns, frame: Frame = {}): string {
    if (block.branches) return this.union(block, frame);
    const outer = frame.outer && this.enter(frame.outer);
    const { plain, late } = splitSources(block);
    const conditions = conjuncts([...block.where, ...(frame.outer?.match ?? [])]);
    const outputsAndOrder = [
      ...outputs.values(),
      ...(block.distinctOn ?? []),
      ...block.distinctOrder.map((key) => key.expr),
      ...(block.pick?.order.map((key) => key.expr) ?? []),
      ...(frame.key ? [frame.key] : []),
    ];
    const roots = [...conditions, ...outputsAndOrder];
    const ownKey = outer ? undefined : rowKeyOf(block);
    const isSmall = (inner: Block): boolean => this.finder.isSmall(inner);
    const hard = hardExists(conditions, outputsAndOrder, isSmall, ownKey !== undefined);
    const rowKey = late.length + hard.length > 0 ? ownKey : undefined;
    const lists = rowKey && !frame.key ? handedOn(rowKey, block, roots, late) : undefined;
    const kept = outputsAndOrder.filter((expr) => !isHandedOn(expr, lists));
    const identity = frame.outer?.identity.map(({ node }) => node.expr) ?? [];
    const stages: Stages = {
      tables: [],
      body: this.from(plain, outer?.text),
      sources: new Set([...block.sources, ...(outer?.sources ?? [])]),
      where: conditions,
      others: [...kept, ...identity, ...(rowKey ? [rowKey] : [])],
      late: [...late],
      names: new Set(outer?.names),
      waiting: new Set(),
      rowKey,
    };
    if (late.length > 0 || hard.length > 0) {
      const inside = late.flatMap((source) =>
        source.kind === 'block' ? expressionsWithin(source.block) : [],
      );
      const known = new Set(this.interning.nodesOf(hard));
      stages.waiting = known;
      this.nameRepeated(stages, [...roots, ...inside], known, true);
      for (const source of late) this.joinLate(stages, source);
      for (const expr of hard) this.joinExists(stages, expr);
    }
    stages.others = [...kept, ...identity, ...(lists ? [lists.rowKey] : [])];
    this.nameRepeated(stages, [...stages.where, ...kept], new Set(), false);
    if (lists) this.readAgain(stages, lists);
    const text = this.finish(stages, block, outputs, frame);
    // The names belong to this SELECT: the block may be printed again elsewhere.
    for (const node of stages.names) node.name = undefined;
    for (const source of block.sources) this.readers.delete(source);
    outer?.leave();
    return stages.tables.length > 0 ? `with ${stages.tables.join(',\n')}\n${text}` : text;
  }

  private enter(outer: Outer): EnteredOuter {
    const alias = this.dialect.quote(`outer_${this.number()}`);
    return enterOuter(outer, alias, this.readers);
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

  /**
   * Names what is repeated, in tables on top of what there is, after the filters that need no name.
   * @param waiting expressions that are not ready yet
   * @param always also make a table when nothing is repeated: others will read from it
   */
  private nameRepeated(
    stages: Stages,
    roots: readonly Expr[],
    waiting: ReadonlySet<Node>,
    always: boolean,
  ): void {
    const sharing = this.sharing(roots, waiting);
    if (sharing.size === 0 && !always) return;
    const names = [...sharing.values()].flat();
    const unready = new Set([...waiting, ...names]);
    this.filterBy(stages, unready);
    // What the filters need comes first: the rest is computed for the rows that are left.
    const isFiltering = this.finder.contentsOf(names.length > 0 ? stages.where : []);
    const deciding = new Set(names.filter(isFiltering));
    const rest = new Set(names.filter((node) => !deciding.has(node)));
    this.nameLevels(stages, sharing, deciding);
    if (deciding.size > 0 && rest.size > 0) {
      for (const node of deciding) unready.delete(node);
      this.filterBy(stages, unready);
    }
    this.nameLevels(stages, sharing, rest);
    if (names.length === 0) this.stage(stages, []);
  }

  /** Applies the filters that can be computed where printing stands. */
  private filterBy(stages: Stages, unready: ReadonlySet<Node>): void {
    const isUnready = this.finder.search(unready);
    const ready: Expr[] = [];
    const left: Expr[] = [];
    for (const condition of stages.where) {
      const node = this.interning.nodeOf(condition);
      const isReady = this.isReadable(node) && !isUnready(node);
      (isReady ? ready : left).push(condition);
    }
    stages.body += this.where(ready);
    stages.where = left;
  }

  /** Makes a table for each level of the names. */
  private nameLevels(stages: Stages, sharing: Sharing, chosen: ReadonlySet<Node>): void {
    for (const level of [...sharing.keys()].sort((a, b) => a - b)) {
      const fresh = sharing.get(level)!.filter((node) => chosen.has(node));
      if (fresh.length === 0) continue;
      this.stage(
        stages,
        fresh.map((node) => ({ node, sql: this.expr(node.expr), name: `n${this.number()}` })),
      );
    }
  }

  private isReadable(node: Node): boolean {
    for (const source of node.reads.sources) if (!this.readers.has(source)) return false;
    return true;
  }

  /** What can be computed where printing stands: it reads a column, no variable of a lambda, and nothing that waits. */
  private sharing(roots: readonly Expr[], waiting: ReadonlySet<Node>): Sharing {
    const waits = this.finder.search(waiting);
    return this.finder.find(roots, (node) => {
      const { sources, variables } = node.reads;
      return variables.size === 0 && sources.size > 0 && this.isReadable(node) && !waits(node);
    });
  }

  /** Joins a source that depends on rows of the sources before it. */
  private joinLate(stages: Stages, source: Source): void {
    if (isComputedList(source)) {
      const node = this.interning.nodeOf(source.list);
      if (node.name === undefined)
        this.stage(stages, [{ node, sql: this.expr(source.list), name: `n${this.number()}` }]);
    }
    const alias = this.alias(source);
    const join = source.join === 'left' ? 'left join' : 'join';
    const read = (name: string): string => `${alias}.${this.dialect.quote(name)}`;
    if (source.kind !== 'block' || !dependsOnRows(source)) {
      const lateral = source.kind === 'unnest' ? 'lateral ' : '';
      const relation = this.relation(source);
      this.readers.set(source, read);
      const condition = this.joinCondition(source, alias);
      stages.late = stages.late.filter((other) => other !== source);
      this.stage(stages, [], `${join} ${lateral}${relation} as ${alias} on ${condition ?? 'true'}`);
    } else {
      const keys = source.key
        ? [source.key]
        : keysInside(source, stages.where, (expr) => this.isReadable(this.interning.nodeOf(expr)));
      const outer = this.outer(stages, source.block, keys);
      const text = this.select(source.block, source.block.columns, { outer });
      const on = this.matchOuter(outer, alias);
      this.readers.set(source, read);
      const extra = source.on ? ` and ${this.expr(source.on)}` : '';
      stages.late = stages.late.filter((other) => other !== source);
      this.stage(stages, [], `${join} (\n${indent(text)}\n) as ${alias} on ${on}${extra}`);
    }
  }

  /** Computes an exists for all rows, as a column. */
  private joinExists(stages: Stages, expr: Extract<Expr, { op: 'exists' }>): void {
    const node = this.interning.nodeOf(expr);
    if (node.name !== undefined) return;
    const { inner, outer: key, block } = expr;
    const outer = this.outer(stages, block, inner && key ? [{ inner, outer: key }] : []);
    const name = `n${this.number()}`;
    const [identity] = outer.identity;
    if (identity?.column && identity.column === stages.rowKey) {
      const rows = this.select(block, new Map(), { outer });
      this.stage(stages, [
        { node, sql: `(${this.expr(identity.node.expr)} in (\n${indent(rows)}\n))`, name },
      ]);
      return;
    }
    const text = this.select(block, new Map([['found', TRUE]]), { outer, distinct: true });
    const alias = this.dialect.quote(`exists_${this.number()}`);
    const join = `left join (\n${indent(text)}\n) as ${alias} on ${this.matchOuter(outer, alias)}`;
    this.stage(stages, [{ node, sql: `coalesce(${alias}."found", false)`, name }], join);
  }

  /** The rows so far, for a block that depends on them: each row, or each combination of what the block reads of them. */
  private outer(stages: Stages, block: Block, keys: readonly Keys[]): Outer {
    const read = correlates(
      [...expressionsWithin(block), ...keys.map(({ outer }) => outer)],
      new Set(sourcesWithin(block)),
      this.interning,
      (node, inside) => this.finder.movable(node, inside),
    );
    const computed = read.filter(({ node, column }) => !column && node.name === undefined);
    if (computed.length > 0) this.nameComputed(stages, computed, read);
    const { rowKey } = stages;
    // What reads the patient alone is computed once for each patient.
    const byRow = rowKey?.op === 'column' && read.some(({ column }) => column?.name !== 'pid');
    const own = byRow ? { node: this.interning.nodeOf(rowKey), column: rowKey } : undefined;
    const found = own ? [own, ...read.filter(({ node }) => node !== own.node)] : read;
    const items = found.map((correlate, index) => `${this.expr(correlate.node.expr)} as "o${index}"`);
    return {
      relation: `(select ${own ? '' : 'distinct '}${items.join(', ')} ${stages.body})`,
      correlates: found,
      identity: own ? [own] : found,
      match: keys.map(({ inner, outer }) => equal(inner, outer)),
    };
  }

  /** Gives what a block reads of computed values its names, for it is written where rows are made and where they are matched. */
  private nameComputed(stages: Stages, computed: readonly Correlate[], read: readonly Correlate[]): void {
    const waiting = new Set([...stages.waiting].filter((node) => node.name === undefined));
    const { others } = stages;
    // The tables in between hand on all that the block reads.
    stages.others = [...others, ...read.map(({ node }) => node.expr)];
    this.nameRepeated(stages, [...stages.where, ...stages.others], waiting, false);
    const fresh = computed.filter(({ node }) => node.name === undefined);
    this.stage(
      stages,
      fresh.map(({ node }) => ({ node, sql: this.expr(node.expr), name: `n${this.number()}` })),
    );
    stages.others = others;
  }

  private matchOuter({ identity }: Outer, alias: string): string {
    return identity
      .map(({ node }, index) => `${alias}."o${index}" is not distinct from ${this.expr(node.expr)}`)
      .join(' and ');
  }

  private passedName(source: Source, name: string): string {
    return this.dialect.quote(`s${this.interning.objectId(source)}_${name}`);
  }

  /**
   * Closes what was put together as a table, with everything that is still needed, and reads on from it. Columns and
   * names keep their name from table to table.
   */
  private stage(stages: Stages, fresh: { node: Node; sql: string; name: string }[], join = ''): void {
    const table = `stage_${this.number()}`;
    for (const { node, name } of fresh) node.name = `${table}.${name}`;
    const exprs = [...stages.where, ...stages.others];
    const needs = needsOf(exprs, stages.late, stages.sources, this.interning);
    const kept: Source[] = [];
    const items = fresh.map(({ sql, name }) => `${sql} as ${name}`);
    for (const source of stages.sources) {
      const reader = this.readers.get(source);
      if (!reader) continue;
      for (const column of needs.columns.get(source) ?? [])
        items.push(`${reader(column)} as ${this.passedName(source, column)}`);
      kept.push(source);
    }
    for (const node of stages.names) {
      if (!needs.names.has(node)) {
        node.name = undefined;
        stages.names.delete(node);
        continue;
      }
      const name = /\.(n\d+)$/.exec(node.name!)?.[1] ?? `n${this.number()}`;
      items.push(`${node.name} as ${name}`);
      node.name = `${table}.${name}`;
    }
    if (items.length === 0) items.push('1 as nothing');
    stages.tables.push(
      `${table} as (\n${indent(`select ${items.join(', ')}\n${stages.body}${join && `\n${join}`}`)}\n)`,
    );
    stages.body = `from ${table}`;
    for (const source of kept)
      this.readers.set(source, (column) => `${table}.${this.passedName(source, column)}`);
    for (const { node } of fresh) stages.names.add(node);
  }

  /** Joins the rows that are left to the lists of their resource, which were not carried along. */
  private readAgain(stages: Stages, { rowKey, columns, codes }: HandedOn): void {
    const { source } = rowKey;
    const [alias, inner] = [this.alias(source), this.alias(source)];
    const carried = this.readers.get(source)!;
    const key = this.expr(rowKey);
    this.readers.set(source, (name) => `${inner}.${this.dialect.quote(name)}`);
    const lists = [...columns].map((name) => this.expr(column(source, name)));
    const rows = `select ${[this.expr(rowKey), ...lists].join(', ')}\nfrom ${this.relation(source)} as ${inner}${this.where(codes)}`;
    stages.body += `\njoin (\n${indent(rows)}\n) as ${alias} on ${alias}."rid" = ${key}`;
    this.readers.set(source, (name) =>
      columns.has(name) ? `${alias}.${this.dialect.quote(name)}` : carried(name),
    );
  }

  private finish(stages: Stages, block: Block, outputs: ReadonlyMap<string, Expr>, frame: Frame): string {
    const outer = frame.outer?.identity.map(({ node }) => this.expr(node.expr)) ?? [];
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
    return `select ${distinct}${columns.join(', ')}\n${stages.body}${this.where(stages.where)}${tail}`;
  }

  private pick(pick: NonNullable<Block['pick']>, partition: string[]): string {
    const order = pick.order.length > 0 ? `order by ${this.order(pick.order)}` : '';
    if (partition.length === 0)
      return `\n${order} limit 1${pick.position > 1 ? ` offset ${pick.position - 1}` : ''}`;
    return `\nqualify row_number() over (partition by ${partition.join(', ')} ${order}) = ${pick.position}`;
  }

  private where(conditions: readonly Expr[]): string {
    // Engines look for a null before they read a row's other columns, and for the other end of a reference after it.
    const present = conditions.flatMap((condition) =>
      condition.op === 'exists' ? neededColumns(condition) : [],
    );
    const printed = [...present.map(isNotNull), ...conditions].map((condition) => this.filter(condition));
    return printed.length > 0 ? `\nwhere ${printed.join('\n  and ')}` : '';
  }
}
