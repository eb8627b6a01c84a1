import type { Block, SortKey, Source } from './block';
import type { CodeSet } from './code-set';

/**
 * A scalar expression of the plan. Nodes are immutable and shared (a DAG), so identity is meaning:
 * the printer may give a node that is used often a name.
 */
export type Expr =
  | { op: 'literal'; sql: string; value: string | number | boolean | null }
  | { op: 'column'; source: Source; name: string }
  | { op: 'variable'; name: string }
  | { op: 'call'; fn: string; args: Expr[] }
  | { op: 'case'; branches: { when: Expr; then: Expr }[]; otherwise: Expr }
  /**
   * `ofDate`: a part of a date or time in its normal form, whose parts are null together; with `daily` both its bounds
   * lie in one day of the stated clock.
   */
  | { op: 'field'; struct: Expr; name: string; ofDate?: true; daily?: true }
  | { op: 'struct'; fields: [string, Expr][] }
  | { op: 'lambda'; fn: LambdaFunction; list: Expr; variables: string[]; body: Expr; initial?: Expr }
  /** Has the block a row (of the patient `outer`, when the block's rows have a patient `inner`)? */
  | { op: 'exists'; block: Block; inner?: Expr; outer?: Expr }
  | { op: 'inCodeSet'; key: Expr; codes: CodeSet; of: CodedKey; inLambda: boolean }
  | { op: 'aggregate'; fn: string; args: Expr[]; order: SortKey[]; distinct?: boolean };

/** What is looked for in a code set: a concept or a list of concepts by its key, or the text of a code of any system. */
export type CodedKey = 'concept' | 'conceptList' | 'text';

export type LambdaFunction = 'filter' | 'transform' | 'reduce';

export const TRUE: Expr = { op: 'literal', sql: 'true', value: true };
export const FALSE: Expr = { op: 'literal', sql: 'false', value: false };
export const NULL: Expr = { op: 'literal', sql: 'null', value: null };

export function integer(value: number): Expr {
  return { op: 'literal', sql: String(value), value };
}

export function decimal(text: string): Expr {
  return { op: 'literal', sql: `cast('${text}' as decimal(28, 8))`, value: Number(text) };
}

export function text(value: string): Expr {
  return { op: 'literal', sql: `'${value.replaceAll("'", "''")}'`, value };
}

/** A timestamp literal; `iso` as `YYYY-MM-DDTHH:MM:SS.mmm` in UTC. */
export function timestamp(iso: string): Expr {
  return { op: 'literal', sql: `timestamp '${iso.replace('T', ' ')}'`, value: iso };
}

export function column(source: Source, name: string): Expr {
  return { op: 'column', source, name };
}

export function call(fn: string, ...args: Expr[]): Expr {
  return { op: 'call', fn, args };
}

/** A function that is null when any argument is null. */
export function strict(fn: string, ...args: Expr[]): Expr {
  return args.some(isNullLiteral) ? NULL : call(fn, ...args);
}

export function isLiteral(expr: Expr): expr is Extract<Expr, { op: 'literal' }> {
  return expr.op === 'literal';
}

export function isNullLiteral(expr: Expr): boolean {
  return expr.op === 'literal' && expr.value === null;
}

export function isTrue(expr: Expr): boolean {
  return expr.op === 'literal' && expr.value === true;
}

export function isFalse(expr: Expr): boolean {
  return expr.op === 'literal' && expr.value === false;
}

/** Equality of plan graphs is decided as far as this number of nodes; beyond it two expressions count as different. */
const comparedNodes = 500;

/** Are two expressions surely the same? `false` may also mean that it is too much to tell. */
export function sameExpr(a: Expr, b: Expr): boolean {
  return a === b || (a.op === b.op && same(a, b, { nodes: comparedNodes }));
}

/** @param left how many nodes may still be compared */
function same(one: Expr, other: Expr, left: { nodes: number }): boolean {
  if (one === other) return true;
  if (one.op !== other.op || --left.nodes < 0) return false;
  switch (one.op) {
    case 'literal':
      return one.sql === (other as typeof one).sql;
    case 'variable':
      return one.name === (other as typeof one).name;
    case 'column':
      return one.source === (other as typeof one).source && one.name === (other as typeof one).name;
    case 'field':
      return one.name === (other as typeof one).name && same(one.struct, (other as typeof one).struct, left);
    case 'call': {
      const { fn, args } = other as typeof one;
      return (
        one.fn === fn &&
        one.args.length === args.length &&
        one.args.every((arg, i) => same(arg, args[i]!, left))
      );
    }
    case 'case': {
      const { branches, otherwise } = other as typeof one;
      return (
        one.branches.length === branches.length &&
        one.branches.every(({ when }, i) => same(when, branches[i]!.when, left)) &&
        one.branches.every(({ then }, i) => same(then, branches[i]!.then, left)) &&
        same(one.otherwise, otherwise, left)
      );
    }
    case 'struct': {
      const { fields } = other as typeof one;
      return (
        fields.length === one.fields.length &&
        one.fields.every(([name, value], i) => name === fields[i]![0] && same(value, fields[i]![1], left))
      );
    }
    case 'inCodeSet': {
      const { codes, of, inLambda, key } = other as typeof one;
      return one.codes === codes && one.of === of && one.inLambda === inLambda && same(one.key, key, left);
    }
    // Variables of lambdas and rows of subqueries are their own.
    case 'lambda':
    case 'exists':
    case 'aggregate':
      return false;
  }
}

/** Three-valued conjunction. */
export function and(...operands: Expr[]): Expr {
  const flat = operands.flatMap((operand) =>
    operand.op === 'call' && operand.fn === 'and' ? operand.args : [operand],
  );
  if (flat.some(isFalse)) return FALSE;
  const rest = unique(flat.filter((operand) => !isTrue(operand)));
  if (rest.length === 0) return TRUE;
  return rest.length === 1 ? rest[0]! : call('and', ...rest);
}

/** The conditions that must all hold. */
export function conjuncts(conditions: readonly Expr[]): Expr[] {
  return conditions
    .flatMap((condition) =>
      condition.op === 'call' && condition.fn === 'and' ? condition.args : [condition],
    )
    .filter((condition) => !isTrue(condition));
}

/** Three-valued disjunction. */
export function or(...operands: Expr[]): Expr {
  const flat = operands.flatMap((operand) =>
    operand.op === 'call' && operand.fn === 'or' ? operand.args : [operand],
  );
  if (flat.some(isTrue)) return TRUE;
  const rest = unique(flat.filter((operand) => !isFalse(operand)));
  if (rest.length === 0) return FALSE;
  return rest.length === 1 ? rest[0]! : call('or', ...rest);
}

export function not(operand: Expr): Expr {
  if (isTrue(operand)) return FALSE;
  if (isFalse(operand)) return TRUE;
  if (isNullLiteral(operand)) return NULL;
  if (operand.op === 'call' && operand.fn === 'not') return operand.args[0]!;
  if (operand.op === 'call' && operand.fn === 'is null') return call('is not null', operand.args[0]!);
  if (operand.op === 'call' && operand.fn === 'is not null') return call('is null', operand.args[0]!);
  return call('not', operand);
}

/** SQL `is null`, never null itself. */
export function isNull(operand: Expr): Expr {
  if (operand.op === 'literal') return operand.value === null ? TRUE : FALSE;
  if (operand.op === 'struct' || operand.op === 'exists' || operand.op === 'inCodeSet') return FALSE;
  if (operand.op === 'call' && neverNull.has(operand.fn)) return FALSE;
  if (operand.op === 'case') {
    const results = [...operand.branches.map((branch) => branch.then), operand.otherwise].map(isNull);
    if (results.every(isFalse)) return FALSE;
    if (results.every(isTrue)) return TRUE;
    if (results.every((result) => isTrue(result) || isFalse(result))) {
      return caseWhen(
        operand.branches.map((branch, i) => ({ when: branch.when, then: results[i]! })),
        results.at(-1)!,
      );
    }
  }
  return call('is null', operand);
}

const neverNull = new Set(['is null', 'is not null', 'is true', 'is false', 'list', 'is not distinct from']);

export function isNotNull(operand: Expr): Expr {
  return not(isNull(operand));
}

export function equal(a: Expr, b: Expr): Expr {
  if (isNullLiteral(a) || isNullLiteral(b)) return NULL;
  if (a.op === 'literal' && b.op === 'literal' && typeof a.value === typeof b.value) {
    return a.value === b.value ? TRUE : FALSE;
  }
  return call('=', a, b);
}

const comparisons: Record<string, (a: number | string, b: number | string) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function compare(operator: '<' | '<=' | '>' | '>=', a: Expr, b: Expr): Expr {
  if (isNullLiteral(a) || isNullLiteral(b)) return NULL;
  if (
    a.op === 'literal' &&
    b.op === 'literal' &&
    typeof a.value === typeof b.value &&
    typeof a.value !== 'boolean'
  ) {
    return comparisons[operator]!(a.value!, b.value as string | number) ? TRUE : FALSE;
  }
  return call(operator, a, b);
}

/** SQL searched CASE with folding; a branch whose condition is not true falls through. */
export function caseWhen(branches: { when: Expr; then: Expr }[], otherwise: Expr): Expr {
  const live: { when: Expr; then: Expr }[] = [];
  for (const branch of branches) {
    const when = asCondition(branch.when);
    if (isFalse(when) || isNullLiteral(when) || live.some((before) => sameExpr(before.when, when))) continue;
    if (isTrue(when)) {
      otherwise = branch.then;
      break;
    }
    live.push({ when, then: whereTrue(branch.then, when) });
  }
  if (live.length === 1) otherwise = whereNotTrue(otherwise, live[0]!.when);
  while (live.length > 0 && sameExpr(live.at(-1)!.then, otherwise)) live.pop();
  if (live.length === 0) return otherwise;
  return (live.length === 1 && withoutCase(live[0]!, otherwise)) || { op: 'case', branches: live, otherwise };
}

/** The same condition where null counts as false: `case when c then true else null end` is `c`. */
function asCondition(expr: Expr): Expr {
  if (expr.op !== 'case' || expr.branches.length !== 1) return expr;
  const [{ when, then }] = expr.branches as [{ when: Expr; then: Expr }];
  return isTrue(then) && isLiteral(expr.otherwise) && !isTrue(expr.otherwise) ? when : expr;
}

/** A result where a condition is known to be true. */
function whereTrue(result: Expr, condition: Expr): Expr {
  if (result.op !== 'case') return result;
  const { when, then } = result.branches[0]!;
  if (sameExpr(when, condition)) return whereTrue(then, condition);
  return sameExpr(when, not(condition)) ? whereTrue(withoutFirst(result), condition) : result;
}

/** A result where a condition is known to be false or null. */
function whereNotTrue(result: Expr, condition: Expr): Expr {
  if (result.op !== 'case') return result;
  const { when, then } = result.branches[0]!;
  if (sameExpr(when, condition)) return whereNotTrue(withoutFirst(result), condition);
  const isOther = isFalse(isNull(condition)) && sameExpr(when, not(condition));
  return isOther ? whereNotTrue(then, condition) : result;
}

function withoutFirst({ branches, otherwise }: Extract<Expr, { op: 'case' }>): Expr {
  return branches.length > 1 ? { op: 'case', branches: branches.slice(1), otherwise } : otherwise;
}

/** A CASE that says what an expression says already; undefined when it says more. */
function withoutCase({ when, then }: { when: Expr; then: Expr }, otherwise: Expr): Expr | undefined {
  if (isFalse(isNull(when))) {
    if (isTrue(then) && isFalse(otherwise)) return when;
    if (isFalse(then) && isTrue(otherwise)) return not(when);
  }
  if (when.op !== 'call' || when.args.length !== 1) return undefined;
  // Null where it is null, else itself.
  const present = when.args[0]!;
  const result = when.fn === 'is null' ? otherwise : then;
  const missing = when.fn === 'is null' ? then : otherwise;
  if (!isNullLiteral(missing) || (when.fn !== 'is null' && when.fn !== 'is not null')) return undefined;
  return sameExpr(present, result) || nullTogether(present, result) ? result : undefined;
}

/** The bounds and the zone of a date are null together. */
function nullTogether(one: Expr, other: Expr): boolean {
  if (one.op === 'case' && other.op === 'case') {
    return (
      one.branches.length === other.branches.length &&
      one.branches.every(({ when, then }, i) => {
        const { when: otherWhen, then: otherThen } = other.branches[i]!;
        return sameExpr(when, otherWhen) && (sameExpr(then, otherThen) || nullTogether(then, otherThen));
      }) &&
      (sameExpr(one.otherwise, other.otherwise) || nullTogether(one.otherwise, other.otherwise))
    );
  }
  if (one.op === 'column' && other.op === 'column' && one.source === other.source) {
    const [ones, others] = [computedFrom(one), computedFrom(other)];
    return (
      ones.length > 0 && ones.every((expr, i) => sameExpr(expr, others[i]!) || nullTogether(expr, others[i]!))
    );
  }
  return (
    one.op === 'field' &&
    one.ofDate === true &&
    other.op === 'field' &&
    other.ofDate === true &&
    sameExpr(one.struct, other.struct)
  );
}

/** What a nested block or a define computes its column from, in each of its branches; empty for a column of a resource. */
function computedFrom({ source, name }: Extract<Expr, { op: 'column' }>): readonly Expr[] {
  const block =
    source.kind === 'define' ? source.define.block : source.kind === 'block' ? source.block : undefined;
  if (block?.branches) return block.branchColumns.get(name) ?? [];
  const expr = block?.columns.get(name);
  return expr ? [expr] : [];
}

export function coalesce(...operands: Expr[]): Expr {
  const rest: Expr[] = [];
  for (const operand of operands) {
    if (isNullLiteral(operand)) continue;
    rest.push(operand);
    if (isFalse(isNull(operand))) break;
  }
  if (rest.length === 0) return NULL;
  return rest.length === 1 ? rest[0]! : call('coalesce', ...rest);
}

export function field(struct: Expr, name: string): Expr {
  if (isNullLiteral(struct)) return NULL;
  if (struct.op === 'struct') return struct.fields.find(([candidate]) => candidate === name)?.[1] ?? NULL;
  return ofCase(struct, (inner) => field(inner, name)) ?? fieldOf(struct, name);
}

/**
 * A part of a CASE of which one result is a value and the others are null: taken of that result, so that engines see
 * whose part it is. Undefined for anything else.
 */
export function ofCase(expr: Expr, part: (value: Expr) => Expr): Expr | undefined {
  if (expr.op !== 'case') return undefined;
  const isMissing = (result: Expr): boolean =>
    isNullLiteral(result) || (result.op === 'call' && result.fn === 'null by failure');
  const results = [...expr.branches.map(({ then }) => then), expr.otherwise];
  if (results.filter((result) => !isMissing(result)).length !== 1) return undefined;
  const taken = (result: Expr): Expr => (isMissing(result) ? result : part(result));
  return caseWhen(
    expr.branches.map(({ when, then }) => ({ when, then: taken(then) })),
    taken(expr.otherwise),
  );
}

/** A field as it is read; always with the same properties, which engines of JavaScript reward. */
export function fieldOf(struct: Expr, name: string, ofDate?: true, daily?: true): Expr {
  return { op: 'field', struct, name, ofDate, daily };
}

/** A part of a date or time in its normal form. */
export function datePart(date: Expr, name: 'lo' | 'hi' | 'zone', daily?: true): Expr {
  const part = ofCase(date, (inner) => datePart(inner, name, daily)) ?? field(date, name);
  return part.op === 'field' ? fieldOf(part.struct, part.name, true, daily || part.daily) : part;
}

export function struct(fields: [string, Expr][]): Expr {
  return { op: 'struct', fields };
}

function unique(operands: Expr[]): Expr[] {
  return operands.filter((operand, index) => {
    for (let before = 0; before < index; before++) if (sameExpr(operands[before]!, operand)) return false;
    return true;
  });
}
