import { Unsupported } from '@catchment/platform';
import { call, isLiteral, sameExpr, strict, text, type Expr } from '../plan/expression';
import type { QuantityValue, ScalarValue } from '../value/value';
import { calculate, negate, type BinaryOperation } from './numbers';

const ONE = text('1');

function magnitude(quantity: QuantityValue): ScalarValue {
  return { kind: 'scalar', type: 'Decimal', expr: quantity.value };
}

function sameUnit(a: QuantityValue, b: QuantityValue): boolean {
  return isLiteral(a.unit) && isLiteral(b.unit) && sameExpr(a.unit, b.unit);
}

function isOne(unit: Expr): boolean {
  return isLiteral(unit) && unit.value === '1';
}

/** 16.2 Add, 16.20 Subtract: in the finer of the two units; null when the units cannot be converted. */
export function addQuantities(
  operation: 'add' | 'subtract',
  a: QuantityValue,
  b: QuantityValue,
): QuantityValue {
  if (sameUnit(a, b)) {
    return { kind: 'quantity', value: calculate(operation, magnitude(a), magnitude(b)).expr, unit: a.unit };
  }
  return {
    kind: 'quantity',
    value: strict(`${operation} quantity`, a.value, a.unit, b.value, b.unit),
    unit: strict('finer unit', a.unit, b.unit),
  };
}

/** 16.12 Multiply, 16.4 Divide: the units are multiplied or divided, too. */
export function scaleQuantities(
  operation: 'multiply' | 'divide',
  a: QuantityValue,
  b: QuantityValue,
): QuantityValue {
  return {
    kind: 'quantity',
    value: calculate(operation, magnitude(a), magnitude(b)).expr,
    unit: isOne(b.unit) ? a.unit : strict(`${operation} unit`, a.unit, b.unit),
  };
}

/** 16.22 TruncatedDivide, 16.11 Modulo: of quantities of one unit, which the result keeps. */
export function divideQuantities(
  operation: 'truncated divide' | 'modulo',
  a: QuantityValue,
  b: QuantityValue,
): QuantityValue {
  const divisor: QuantityValue = sameUnit(a, b) ? b : convertQuantity(b, a.unit);
  return {
    kind: 'quantity',
    value: calculate(operation, magnitude(a), magnitude(divisor)).expr,
    unit: a.unit,
  };
}

/** 22.6 ConvertQuantity: null when the units cannot be converted. */
export function convertQuantity(quantity: QuantityValue, unit: Expr): QuantityValue {
  if (isLiteral(unit) && isLiteral(quantity.unit) && sameExpr(unit, quantity.unit)) return quantity;
  return { kind: 'quantity', value: strict('convert quantity', quantity.value, quantity.unit, unit), unit };
}

export function quantityOf(value: ScalarValue): QuantityValue {
  return {
    kind: 'quantity',
    value: value.type === 'Decimal' ? value.expr : call('to decimal', value.expr),
    unit: ONE,
  };
}

export function calculateQuantities(
  operation: BinaryOperation,
  a: QuantityValue,
  b: QuantityValue,
): QuantityValue {
  switch (operation) {
    case 'add':
    case 'subtract':
      return addQuantities(operation, a, b);
    case 'multiply':
    case 'divide':
      return scaleQuantities(operation, a, b);
    case 'truncated divide':
    case 'modulo':
      return divideQuantities(operation, a, b);
    case 'power':
      throw new Unsupported('a power of quantities');
  }
}

export function negateQuantity(quantity: QuantityValue): QuantityValue {
  return { ...quantity, value: negate(magnitude(quantity)).expr };
}
