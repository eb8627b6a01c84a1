import type { ElmNode, TypeSpecifier } from '@catchment/elm';
import {
  NULL,
  call,
  caseWhen,
  field,
  isLiteral,
  isNullLiteral,
  not,
  strict,
  text,
  type Expr,
} from '../plan/expression';
import { convertScalar } from '../value/pack';
import { valueIsNull } from '../value/structure';
import { NULL_VALUE, type TemporalType, type Value } from '../value/value';
import { operandOf } from './arithmetic';
import { unsupported, type Context } from './context';
import { literalDigits } from './numbers';
import { binary, unary, type Lowering, type Operators } from './operators';
import { fhirQuantity } from './points';
import { convertQuantity } from './quantities';
import { dateFrom, dateToDateTime } from './temporal';
import { castTo, scalarOf, specifierName } from './types';

type Conversion = (value: Value, node: ElmNode, context: Context) => Value;

function wrongType(value: Value, node: ElmNode, context: Context): Error {
  return unsupported(context, node, `${node.type} of a ${value.kind}`);
}

/** 22.24 ToDecimal, 22.26 ToInteger, 22.27 ToLong: null for a String that is no such number. */
function toNumber(target: 'Integer' | 'Long' | 'Decimal'): Conversion {
  return (value, node, context) => {
    const { type, expr } = scalarOf(value, node, context);
    if (!type) return NULL_VALUE;
    const converted = (): Expr => {
      switch (type) {
        case 'String':
          return strict(`parse ${target.toLowerCase()}`, expr);
        case 'Boolean':
          return convertScalar(strict('to integer', expr), 'Integer', target);
        case 'Long':
          return target === 'Integer' ? strict('narrow to integer', expr) : convertScalar(expr, type, target);
        default:
          return convertScalar(expr, type, target);
      }
    };
    return { kind: 'scalar', type: target, expr: converted() };
  };
}

/** 22.20 ToBoolean(String | Integer | Decimal): null for what is neither. */
const toBoolean: Conversion = (value, node, context) => {
  const { type, expr } = scalarOf(value, node, context);
  if (!type) return NULL_VALUE;
  if (type === 'Boolean') return value;
  const one = (digit: string): Expr => call('=', expr, { op: 'literal', sql: digit, value: Number(digit) });
  const numeric = (): Expr =>
    caseWhen(
      [
        { when: one('1'), then: { op: 'literal', sql: 'true', value: true } },
        { when: one('0'), then: { op: 'literal', sql: 'false', value: false } },
      ],
      NULL,
    );
  return {
    kind: 'scalar',
    type: 'Boolean',
    expr: type === 'String' ? strict('parse boolean', expr) : numeric(),
  };
};

/** 22.22 ToDate, 22.23 ToDateTime, 22.31 ToTime: null for a String that is none. */
function toTemporal(target: TemporalType): Conversion {
  return (given, node, context) => {
    const value = operandOf(given);
    if (value.kind === 'null') return value;
    if (value.kind === 'temporal') {
      if (value.type === target) return value;
      if (target === 'Date') return dateFrom(value);
      if (target === 'DateTime' && value.type === 'Date') return dateToDateTime(value);
      throw unsupported(context, node, `${node.type} of a ${value.type}`);
    }
    const { type, expr } = scalarOf(value, node, context);
    if (type !== 'String') throw wrongType(value, node, context);
    const parsed = strict(`parse ${target.toLowerCase()}`, expr);
    return {
      kind: 'temporal',
      type: target,
      lo: field(parsed, 'lo'),
      hi: field(parsed, 'hi'),
      ...(target === 'DateTime' && { zone: field(parsed, 'zone') }),
    };
  };
}

/** 22.28 ToQuantity(Decimal | Integer | Ratio | String). */
const toQuantity: Conversion = (value, node, context) => {
  if (value.kind === 'null' || value.kind === 'quantity') return value;
  if (value.kind === 'fhir' && value.type === 'Quantity') return fhirQuantity(value);
  const { type, expr } = scalarOf(value, node, context);
  if (type === 'String') {
    return {
      kind: 'quantity',
      value: strict('parse quantity value', expr),
      unit: strict('parse quantity unit', expr),
    };
  }
  return { kind: 'quantity', value: call('to decimal', expr), unit: text('1') };
};

/** 22.29 ToRatio(String): two quantities with a colon between them. */
const toRatio: Conversion = (value, node, context) => {
  if (value.kind === 'null' || value.kind === 'ratio') return value;
  const { type, expr } = scalarOf(value, node, context);
  if (type !== 'String') throw wrongType(value, node, context);
  const part = (position: number) => {
    const side = strict('ratio part', expr, { op: 'literal', sql: String(position), value: position });
    return {
      kind: 'quantity' as const,
      value: strict('parse quantity value', side),
      unit: strict('parse quantity unit', side),
    };
  };
  return { kind: 'ratio', numerator: part(1), denominator: part(2) };
};

/** 22.30 ToString: dates and times as precise as they are and with the stated offset, decimals without trailing zeros. */
const toText: Conversion = (given, node, context) => {
  const value = operandOf(given);
  const string = (expr: Expr): Value => ({ kind: 'scalar', type: 'String', expr });
  switch (value.kind) {
    case 'null':
      return value;
    case 'temporal':
      if (value.zone) return string(strict('zoned text', value.lo, value.hi, value.zone));
      return string(strict(`${value.type.toLowerCase()} text`, value.lo, value.hi));
    case 'quantity':
      return string(strict('quantity text', value.value, value.unit));
    case 'ratio': {
      const part = (quantity: { value: Expr; unit: Expr }): Expr =>
        strict('quantity text', quantity.value, quantity.unit);
      return string(strict('||', strict('||', part(value.numerator), text(':')), part(value.denominator)));
    }
    default: {
      const { type, expr } = scalarOf(value, node, context);
      if (type === 'String' || isNullLiteral(expr)) return string(expr);
      if (isLiteral(expr) && type !== 'Decimal') return string(text(literalDigits(expr)));
      return string(strict(type === 'Decimal' ? 'decimal text' : 'to string', expr));
    }
  }
};

const conversions: Record<string, Conversion> = {
  Boolean: toBoolean,
  Integer: toNumber('Integer'),
  Long: toNumber('Long'),
  Decimal: toNumber('Decimal'),
  Date: toTemporal('Date'),
  DateTime: toTemporal('DateTime'),
  Time: toTemporal('Time'),
  Quantity: toQuantity,
  Ratio: toRatio,
  String: toText,
};

/** 22.7–22.15 ConvertsTo…: would the conversion give a value? Null for a null. */
function convertible(conversion: Conversion): Lowering {
  return unary((value, node, context) => {
    const converted = not(valueIsNull(conversion(value, node, context)));
    return {
      kind: 'scalar',
      type: 'Boolean',
      expr: caseWhen([{ when: valueIsNull(value), then: NULL }], converted),
    };
  });
}

/** 22.5 Convert(argument, type). */
const convert: Conversion = (value, node, context) => {
  const specifier = (node.toTypeSpecifier as TypeSpecifier | undefined) ?? {
    type: 'NamedTypeSpecifier' as const,
    name: String(node.toType),
  };
  const conversion = conversions[specifierName(specifier)];
  return conversion ? conversion(value, node, context) : castTo(value, specifier);
};

/** Conversions of ELM chapter 22. */
export const conversionOperators: Operators = {
  ...Object.fromEntries(
    Object.entries(conversions).flatMap(([type, conversion]): [string, Lowering][] => [
      [`To${type}`, unary(conversion)],
      [`ConvertsTo${type}`, convertible(conversion)],
    ]),
  ),
  Convert: unary(convert),
  // 22.6 ConvertQuantity(quantity, unit), 22.4 CanConvertQuantity
  ConvertQuantity: binary((value, unit, node, context) => {
    const quantity = operandOf(value);
    if (quantity.kind === 'null' || unit.kind === 'null') return NULL_VALUE;
    if (quantity.kind !== 'quantity') throw wrongType(quantity, node, context);
    return convertQuantity(quantity, scalarOf(unit, node, context).expr);
  }),
  CanConvertQuantity: binary((value, unit, node, context) => {
    const quantity = operandOf(value);
    if (quantity.kind === 'null' || unit.kind === 'null') return NULL_VALUE;
    if (quantity.kind !== 'quantity') throw wrongType(quantity, node, context);
    const converted = convertQuantity(quantity, scalarOf(unit, node, context).expr);
    return { kind: 'scalar', type: 'Boolean', expr: not(valueIsNull(converted)) };
  }),
};
