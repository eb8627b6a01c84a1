import { NULL, decimal, integer, isLiteral, isNullLiteral, strict, type Expr } from '../plan/expression';
import { convertScalar } from '../value/pack';
import type { ScalarType, ScalarValue } from '../value/value';

export type NumberType = 'Integer' | 'Long' | 'Decimal';

const widening: NumberType[] = ['Integer', 'Long', 'Decimal'];

export function isNumber(type: ScalarType | undefined): type is NumberType {
  return type === 'Integer' || type === 'Long' || type === 'Decimal';
}

/** The type that holds the values of both. */
export function wider(a: NumberType, b: NumberType): NumberType {
  return widening.indexOf(a) > widening.indexOf(b) ? a : b;
}

export type BinaryOperation =
  'add' | 'subtract' | 'multiply' | 'divide' | 'truncated divide' | 'modulo' | 'power';

/** An operation of two numbers in the wider of their types; null where that type cannot hold the result. */
export function calculate(operation: BinaryOperation, a: ScalarValue, b: ScalarValue): ScalarValue {
  const common = wider(a.type as NumberType, b.type as NumberType);
  const type = operation === 'divide' ? 'Decimal' : common;
  const [left, right] = [convertScalar(a.expr, a.type, type), convertScalar(b.expr, b.type, type)];
  const folded = type === 'Integer' ? fold(operation, left, right) : undefined;
  return { kind: 'scalar', type, expr: folded ?? strict(`${operation} ${type.toLowerCase()}`, left, right) };
}

/** Integers that are known are calculated here, so that the SQL shows the number. */
function fold(operation: BinaryOperation, a: Expr, b: Expr): Expr | undefined {
  if (!isLiteral(a) || !isLiteral(b) || typeof a.value !== 'number' || typeof b.value !== 'number')
    return undefined;
  const results: Partial<Record<BinaryOperation, number>> = {
    add: a.value + b.value,
    subtract: a.value - b.value,
    multiply: a.value * b.value,
  };
  const result = results[operation];
  if (result === undefined) return undefined;
  return Number.isSafeInteger(result) && Math.abs(result + 0.5) < 2 ** 31 ? integer(result + 0) : NULL;
}

/** 16.13 Negate. */
export function negate(value: ScalarValue): ScalarValue {
  const { type, expr } = value;
  if (isNullLiteral(expr)) return value;
  if (isLiteral(expr)) {
    const digits = literalDigits(expr);
    const negated = digits.startsWith('-') ? digits.slice(1) : `-${digits}`;
    if (type === 'Decimal') return { ...value, expr: decimal(negated) };
    if (type === 'Long') return { ...value, expr: long(negated) };
    return { ...value, expr: integer(0 - Number(expr.value)) };
  }
  const zero: Expr = type === 'Decimal' ? decimal('0.0') : type === 'Long' ? long('0') : integer(0);
  return { ...value, expr: strict(`subtract ${type.toLowerCase()}`, zero, expr) };
}

/** A Long literal; `value` is approximate beyond 2^53, the SQL is exact. */
export function long(digits: string): Expr {
  return { op: 'literal', sql: `cast('${digits}' as bigint)`, value: Number(digits) };
}

/** The digits of a number literal as they were written, with their trailing zeros. */
export function literalDigits(expr: Extract<Expr, { op: 'literal' }>): string {
  return /^cast\('([^']*)'/.exec(expr.sql)?.[1] ?? expr.sql;
}
