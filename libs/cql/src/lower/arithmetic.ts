import type { ElmNode } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import {
  NULL,
  compare,
  caseWhen,
  call,
  decimal,
  integer,
  isLiteral,
  or,
  strict,
  type Expr,
} from '../plan/expression';
import {
  NULL_VALUE,
  type QuantityValue,
  type ScalarValue,
  type TemporalValue,
  type UncertainValue,
  type Value,
} from '../value/value';
import { inRange, shift } from './calendar';
import { diagnostic, unsupported, type Context } from './context';
import { calculate, isNumber, negate, type BinaryOperation } from './numbers';
import { binary, lower, operands, unary, type Lowering, type Operators } from './operators';
import { fhirQuantity } from './points';
import { calculateQuantities, negateQuantity, quantityOf } from './quantities';
import { once } from './repeats';
import { asBounds, asPrecision, certain, uncertain } from './temporal';

/** The operand as a number, quantity, date or time; FHIR quantities and choices of one such type are resolved. */
export function operandOf(value: Value): Value {
  if (value.kind === 'fhir' && value.type === 'Quantity') return fhirQuantity(value);
  if (value.kind === 'choice') {
    const usable = value.alternatives.filter(({ type }) =>
      /^(Quantity|integer|Integer|decimal|Decimal|Long|dateTime|DateTime|date|Date|Time|time)$/.test(type),
    );
    if (usable.length === 1) return operandOf(usable[0]!.value);
  }
  return value;
}

function calculation(operation: BinaryOperation): Lowering {
  const lowering = binary((first, second, node, context) => {
    const [a, b] = [operandOf(first), operandOf(second)];
    if (a.kind === 'null' || b.kind === 'null') return NULL_VALUE;
    if (a.kind === 'temporal') return moved(operation, a, b, node, context);
    if (a.kind === 'scalar' && b.kind === 'scalar' && isNumber(a.type) && isNumber(b.type))
      return calculate(operation, a, b);
    if (a.kind === 'uncertain' || b.kind === 'uncertain') return uncertainly(operation, a, b, node, context);
    const [left, right] = [asQuantity(a), asQuantity(b)];
    if (left && right) return calculateQuantities(operation, left, right);
    throw unsupported(context, node, `${node.type} of a ${a.kind} and a ${b.kind}`);
  });
  return once(lowering);
}

function asQuantity(value: Value): QuantityValue | undefined {
  if (value.kind === 'quantity') return value;
  return value.kind === 'scalar' && isNumber(value.type) ? quantityOf(value) : undefined;
}

/** Date, DateTime or Time ± a quantity of time. */
function moved(
  operation: BinaryOperation,
  at: TemporalValue,
  amount: Value,
  node: ElmNode,
  context: Context,
): Value {
  const known = amount.kind === 'scalar' ? quantityOf(amount) : amount;
  if (known.kind !== 'quantity' || (operation !== 'add' && operation !== 'subtract')) {
    throw unsupported(context, node, `${node.type} of a ${at.type} and a ${amount.kind}`);
  }
  const count = operation === 'add' ? known.value : negateQuantity(known).value;
  const result = isLiteral(known.unit)
    ? shift(at, count, unitOfTime(String(known.unit.value), node, context))
    : movedByAnyUnit(at, count, known.unit);
  // What is known of the data can make a bound a constant, too: its result is null like that of any other value.
  if (
    isLiteral(known.unit) &&
    isLiteral(at.lo) &&
    isLiteral(count) &&
    !isLiteral(result.lo) &&
    isWritten(node)
  ) {
    throw diagnostic(context, node, `the result of ${node.type} lies outside the years 1 to 9999`);
  }
  return inRange(result);
}

/** Does an expression stand in the text with all its values? */
function isWritten(node: ElmNode): boolean {
  return !/"type":"(Retrieve|Property|[A-Za-z]+Ref)"/.test(JSON.stringify(node));
}

function unitOfTime(unit: string, node: ElmNode, context: Context) {
  const precision = asPrecision(unit);
  if (!precision) throw diagnostic(context, node, `'${unit}' is no unit of time`);
  return precision;
}

/** The unit is a value of the data: a branch per unit, null when it is no unit of time. */
function movedByAnyUnit(at: TemporalValue, count: Expr, unit: Expr): TemporalValue {
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
  const moved = units.map((precision) => ({
    when: call('=', call('calendar unit', unit), {
      op: 'literal',
      sql: `'${precision}'`,
      value: precision,
    }),
    then: shift(at, count, precision),
  }));
  const bound = (end: 'lo' | 'hi'): Expr =>
    caseWhen(
      moved.map(({ when, then }) => ({ when, then: then[end] })),
      NULL,
    );
  return { ...at, lo: bound('lo'), hi: bound('hi') };
}

/** Bounds of an operation on integers that are known only between bounds. */
function uncertainly(operation: BinaryOperation, a: Value, b: Value, node: ElmNode, context: Context): Value {
  const [left, right] = [asBounds(a), asBounds(b)];
  if (!left || !right) throw unsupported(context, node, `${node.type} of a ${a.kind} and a ${b.kind}`);
  const of = (x: Expr, y: Expr): Expr => calculate(operation, integerValue(x), integerValue(y)).expr;
  switch (operation) {
    case 'add':
      return uncertain(of(left.lo, right.lo), of(left.hi, right.hi));
    case 'subtract':
      return uncertain(of(left.lo, right.hi), of(left.hi, right.lo));
    case 'multiply': {
      const products = [
        of(left.lo, right.lo),
        of(left.lo, right.hi),
        of(left.hi, right.lo),
        of(left.hi, right.hi),
      ];
      return uncertain(call('least', ...products), call('greatest', ...products));
    }
    default:
      // Other operations need the number itself.
      return calculate(operation, known(a), known(b));
  }
}

function known(value: Value): ScalarValue {
  if (value.kind === 'uncertain') return integerValue(certain(value));
  if (value.kind === 'scalar') return value;
  throw new Defect('bounds of something that is no number');
}

function integerValue(expr: Expr): ScalarValue {
  return { kind: 'scalar', type: 'Integer', expr };
}

/** A function of one number; `result` undefined: of the operand's type. */
function ofNumber(fn: string, result: 'Integer' | 'Decimal'): Lowering {
  return unary((given, node, context) => {
    const operated = operandOf(given);
    if (operated.kind === 'null') return operated;
    const value = operated.kind === 'uncertain' ? known(operated) : operated;
    if (value.kind !== 'scalar' || !isNumber(value.type))
      throw unsupported(context, node, `${node.type} of a ${value.kind}`);
    const operand = value.type === 'Decimal' ? value.expr : call('to decimal', value.expr);
    return { kind: 'scalar', type: result, expr: strict(fn, operand) };
  });
}

/** 16.1 Abs, 16.13 Negate keep the type. */
function signed(
  ofScalar: (value: ScalarValue) => ScalarValue,
  ofUncertain: (value: UncertainValue) => Value,
): Lowering {
  return unary((given, node, context) => {
    const value = operandOf(given);
    switch (value.kind) {
      case 'null':
        return value;
      case 'scalar':
        if (isNumber(value.type)) return ofScalar(value);
        break;
      case 'quantity':
        return { ...value, value: ofScalar({ kind: 'scalar', type: 'Decimal', expr: value.value }).expr };
      case 'uncertain':
        return ofUncertain(value);
      default:
        break;
    }
    throw unsupported(context, node, `${node.type} of a ${value.kind}`);
  });
}

function absolute(value: ScalarValue): ScalarValue {
  const zero = value.type === 'Decimal' ? decimal('0.0') : integer(0);
  return {
    ...value,
    expr: caseWhen([{ when: compare('<', value.expr, zero), then: negate(value).expr }], value.expr),
  };
}

const negation = signed(negate, ({ lo, hi }) =>
  uncertain(negate(integerValue(hi)).expr, negate(integerValue(lo)).expr),
);

/** ELM chapter 16: arithmetic. Results that their type cannot hold are null. */
export const arithmeticOperators: Operators = {
  // 16.1 Abs
  Abs: signed(absolute, ({ lo, hi }) => {
    const [a, b] = [absolute(integerValue(lo)).expr, absolute(integerValue(hi)).expr];
    const crossesZero = {
      when: or(compare('>', lo, integer(0)), compare('<', hi, integer(0))),
      then: call('least', a, b),
    };
    return uncertain(caseWhen([crossesZero], integer(0)), call('greatest', a, b));
  }),
  // 16.2 Add
  Add: calculation('add'),
  // 16.3 Ceiling, 16.6 Floor, 16.21 Truncate
  Ceiling: ofNumber('ceiling', 'Integer'),
  Floor: ofNumber('floor', 'Integer'),
  Truncate: ofNumber('truncate number', 'Integer'),
  // 16.4 Divide: always a Decimal or Quantity
  Divide: calculation('divide'),
  // 16.5 Exp, 16.9 Ln, 16.8 Log(argument, base)
  Exp: ofNumber('exp', 'Decimal'),
  Ln: ofNumber('ln', 'Decimal'),
  Log: binary((a, b, node, context) => {
    if (a.kind === 'null' || b.kind === 'null') return NULL_VALUE;
    if (a.kind !== 'scalar' || b.kind !== 'scalar')
      throw unsupported(context, node, `Log of a ${a.kind} and a ${b.kind}`);
    return { kind: 'scalar', type: 'Decimal', expr: strict('log', a.expr, b.expr) };
  }),
  // 16.11 Modulo
  Modulo: calculation('modulo'),
  // 16.12 Multiply
  Multiply: calculation('multiply'),
  // 16.13 Negate
  Negate: (node, context) => {
    // The least Integer has no positive counterpart: its literal is allowed under a minus sign only.
    const operand = operands(node)[0];
    if (operand?.type === 'Literal' && operand.value === '2147483648')
      return integerValue(integer(-2147483648));
    return negation(node, context);
  },
  // 16.15 Power: a negative exponent gives a Decimal
  Power: binary((a, b, node, context) => {
    if (a.kind === 'null' || b.kind === 'null') return NULL_VALUE;
    if (a.kind !== 'scalar' || b.kind !== 'scalar')
      throw unsupported(context, node, `Power of a ${a.kind} and a ${b.kind}`);
    const negative = isLiteral(b.expr) && typeof b.expr.value === 'number' && b.expr.value < 0;
    return calculate('power', negative ? { ...a, type: 'Decimal', expr: call('to decimal', a.expr) } : a, b);
  }),
  // 16.17 Round(operand, precision): half away from zero
  Round: (node, context) => {
    const value = operandOf(lower(operands(node)[0], context));
    if (value.kind === 'null') return value;
    const given = node.precision
      ? lower(node.precision as ElmNode, context)
      : ({ kind: 'scalar', type: 'Integer', expr: integer(0) } as Value);
    const digits = given.kind === 'null' ? integer(0) : given.kind === 'scalar' ? given.expr : undefined;
    if (value.kind !== 'scalar' || !digits) throw unsupported(context, node, `Round of a ${value.kind}`);
    return { kind: 'scalar', type: 'Decimal', expr: strict('round', call('to decimal', value.expr), digits) };
  },
  // 16.20 Subtract
  Subtract: calculation('subtract'),
  // 16.22 TruncatedDivide
  TruncatedDivide: calculation('truncated divide'),
};
