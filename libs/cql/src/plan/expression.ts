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
  /** `ofDate`: a part of a date or time in its normal form, whose parts are null together. */
  | { op: 'field'; struct: Expr; name: string; ofDate?: true }
  | { op: 'struct'; fields: [string, Expr][] }
  | { op: 'lambda'; fn: LambdaFunction; list: Expr; variables: string[]; body: Expr; initial?: Expr }
  /** Has the block a row (of the patient `outer`, when the block's rows have a patient `inner`)? */
  | { op: 'exists'; block: Block; inner?: Expr; outer?: Expr }
  | { op: 'inCodeSet'; key: Expr; codes: CodeSet; of: 'concept' | 'conceptList'; inLambda: boolean }
  | { op: 'aggregate'; fn: string; args: Expr[]; order: SortKey[]; distinct?: boolean };

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

export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.op === 'literal' && b.op === 'literal') return a.sql === b.sql;
  if (a.op === 'column' && b.op === 'column') return a.source === b.source && a.name === b.name;
  if (a.op === 'field' && b.op === 'field') return a.name === b.name && sameExpr(a.struct, b.struct);
  if (a.op === 'variable' && b.op === 'variable') return a.name === b.name;
  if (a.op === 'call' && b.op === 'call') {
    return (
      a.fn === b.fn && a.args.length === b.args.length && a.args.every((arg, i) => sameExpr(arg, b.args[i]!))
    );
  }
  return false;
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
    if (isFalse(when) || isNullLiteral(when)) continue;
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
  const [first, ...rest] = result.branches;
  if (sameExpr(first!.when, condition)) return whereTrue(first!.then, condition);
  if (sameExpr(first!.when, not(condition)))
    return whereTrue(rest.length > 0 ? { ...result, branches: rest } : result.otherwise, condition);
  return result;
}

/** A result where a condition is known to be false or null. */
function whereNotTrue(result: Expr, condition: Expr): Expr {
  if (result.op !== 'case') return result;
  const [first, ...rest] = result.branches;
  if (sameExpr(first!.when, condition))
    return whereNotTrue(rest.length > 0 ? { ...result, branches: rest } : result.otherwise, condition);
  if (isFalse(isNull(condition)) && sameExpr(first!.when, not(condition)))
    return whereNotTrue(first!.then, condition);
  return result;
}

/** A CASE that says what an expression says already; undefined when it says more. */
function withoutCase({ when, then }: { when: Expr; then: Expr }, otherwise: Expr): Expr | undefined {
  if (isFalse(isNull(when))) {
    if (isTrue(then) && isFalse(otherwise)) return when;
    if (isFalse(then) && isTrue(otherwise)) return not(when);
  }
  if (!isNullLiteral(otherwise)) return undefined;
  if (when.op !== 'call' || when.fn !== 'is not null') return undefined;
  const [present] = when.args as [Expr];
  if (sameExpr(present, then)) return then;
  // The bounds and the zone of a date are null together.
  const together = present.op === 'field' && present.ofDate && then.op === 'field' && then.ofDate;
  return together && sameExpr(present.struct, then.struct) ? then : undefined;
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
  return { op: 'field', struct, name };
}

/** A part of a date or time in its normal form. */
export function datePart(date: Expr, name: 'lo' | 'hi' | 'zone'): Expr {
  const part = field(date, name);
  return part.op === 'field' ? { ...part, ofDate: true } : part;
}

export function struct(fields: [string, Expr][]): Expr {
  return { op: 'struct', fields };
}

function unique(operands: Expr[]): Expr[] {
  return operands.filter(
    (operand, index) => operands.findIndex((other) => sameExpr(other, operand)) === index,
  );
}
