import type { ElmNode } from '@catchment/elm';
import { NULL, compare, decimal, integer, isLiteral, or, strict, type Expr } from '../plan/expression';
import {
  NULL_VALUE,
  type ScalarValue,
  type TemporalType,
  type TemporalValue,
  type Value,
} from '../value/value';
import { endOfUnit, isLimit, neighbour, precisionOfDigits } from './calendar';
import { diagnostic, unsupported, type Context } from './context';
import { failWhere } from './failures';
import { literalDigits, long } from './numbers';
import { lower, operands, unary, type Lowering, type Operators } from './operators';
import { operandOf } from './arithmetic';
import { step } from './points';
import { exactTemporal, onWall, stated, temporalLimits, truncate } from './temporal';

const DECIMAL_LIMIT = '99999999999999999999.99999999';
const numberLimits: Record<string, Record<'minimum' | 'maximum', ScalarValue>> = {
  Integer: {
    minimum: scalar('Integer', integer(-2147483648)),
    maximum: scalar('Integer', integer(2147483647)),
  },
  Long: {
    minimum: scalar('Long', long('-9223372036854775808')),
    maximum: scalar('Long', long('9223372036854775807')),
  },
  Decimal: {
    minimum: scalar('Decimal', decimal(`-${DECIMAL_LIMIT}`)),
    maximum: scalar('Decimal', decimal(DECIMAL_LIMIT)),
  },
};

function scalar(type: ScalarValue['type'], expr: Expr): ScalarValue {
  return { kind: 'scalar', type, expr };
}

function limitOf(end: 'minimum' | 'maximum'): Lowering {
  return (node, context) => {
    const type = String(node.valueType).replace(/^\{[^}]*\}/, '');
    if (type in temporalLimits)
      return exactTemporal(type as TemporalType, temporalLimits[type as TemporalType][end]);
    const limit = numberLimits[type];
    if (!limit) throw diagnostic(context, node, `there is no ${end} of type ${type}`);
    return limit[end];
  };
}

/** Successor and predecessor, at the value's own precision; beyond the limits of the type there is none. */
function neighbourOf(direction: 1 | -1): Lowering {
  return unary((given, node, context) => {
    const value = operandOf(given);
    if (value.kind !== 'temporal') return step(value, direction);
    if (isLimit(value, direction))
      throw diagnostic(
        context,
        node,
        `there is no ${node.type} of the ${direction === 1 ? 'last' : 'first'} ${value.type}`,
      );
    const next = neighbour(value, direction);
    const limits = temporalLimits[value.type];
    const inside = (bound: Expr): Expr => {
      if (isLiteral(bound)) return bound;
      const beyond = or(compare('<', bound, limits.minimum), compare('>', bound, limits.maximum));
      return failWhere(
        beyond,
        `there is no ${node.type} of the limit of ${value.type}`,
        bound,
        node,
        context,
      );
    };
    const lo = inside(next.lo);
    return { ...next, lo, hi: next.lo === next.hi ? lo : inside(next.hi) };
  });
}

/** 16.x LowBoundary, HighBoundary: the least and greatest value of a given precision that the operand may stand for. */
function boundary(end: 'low' | 'high'): Lowering {
  return (node, context) => {
    const [operand, digits] = operands(node).map((part) => lower(part, context));
    const value = operandOf(operand ?? NULL_VALUE);
    const wanted =
      digits && digits.kind === 'scalar' && isLiteral(digits.expr) ? Number(digits.expr.value) : undefined;
    if (digits && digits.kind !== 'null' && wanted === undefined)
      throw unsupported(context, node, `${node.type} to a computed precision`);
    switch (value.kind) {
      case 'null':
        return value;
      case 'temporal':
        return temporalBoundary(
          end,
          value,
          wanted ?? (value.type === 'Time' ? 9 : value.type === 'Date' ? 8 : 17),
          node,
          context,
        );
      case 'scalar':
        return { ...value, expr: decimalBoundary(end, value.expr, wanted ?? 8, node, context) };
      default:
        throw unsupported(context, node, `${node.type} of a ${value.kind}`);
    }
  };
}

function temporalBoundary(
  end: 'low' | 'high',
  value: TemporalValue,
  digits: number,
  node: ElmNode,
  context: Context,
): Value {
  const unit = precisionOfDigits(digits, value.type);
  if (!unit || unit === 'week')
    throw diagnostic(context, node, `a ${value.type} has no precision of ${digits} digits`);
  const wall = onWall(value);
  const lo = truncate(end === 'low' ? wall.lo : wall.hi, unit);
  return stated({ ...wall, lo, hi: endOfUnit(lo, unit, value.type) }, value.zone);
}

/** Decimals of the data do not keep how many digits were written; those of the CQL text do. */
function decimalBoundary(
  end: 'low' | 'high',
  expr: Expr,
  digits: number,
  node: ElmNode,
  context: Context,
): Expr {
  const written = writtenDecimal(expr, node, context);
  if (written === undefined) return NULL;
  const fraction = written.split('.')[1] ?? '';
  if (digits > 8) throw diagnostic(context, node, 'a Decimal has at most 8 digits after the point');
  const filled =
    (written.includes('.') ? written : `${written}.`) +
    (away(end, written) ? '9' : '0').repeat(Math.max(0, 8 - fraction.length));
  return decimal(
    filled.slice(0, filled.length - (8 - Math.max(digits, fraction.length))).replace(/\.$/, '.0'),
  );
}

function away(end: 'low' | 'high', written: string): boolean {
  return (end === 'high') !== written.startsWith('-');
}

function writtenDecimal(expr: Expr, node: ElmNode, context: Context): string | undefined {
  if (!isLiteral(expr))
    throw unsupported(
      context,
      node,
      `${node.type} of a Decimal that is not a literal: how many digits were written is not kept`,
    );
  return expr.value === null ? undefined : literalDigits(expr);
}

/** Limits, neighbours and precision of values (ELM chapter 16). */
export const limitOperators: Operators = {
  MinValue: limitOf('minimum'),
  MaxValue: limitOf('maximum'),
  Successor: neighbourOf(1),
  Predecessor: neighbourOf(-1),
  LowBoundary: boundary('low'),
  HighBoundary: boundary('high'),
  // Precision(Decimal | Date | DateTime | Time): number of digits
  Precision: unary((given, node, context) => {
    const value = operandOf(given);
    switch (value.kind) {
      case 'null':
        return value;
      case 'temporal': {
        const rank = strict(value.type === 'Date' ? 'date precision' : 'precision', value.lo, value.hi);
        return scalar(
          'Integer',
          strict('precision digits', rank, { op: 'literal', sql: `'${value.type}'`, value: value.type }),
        );
      }
      case 'scalar': {
        const written = writtenDecimal(value.expr, node, context);
        return written === undefined
          ? NULL_VALUE
          : scalar('Integer', integer((written.split('.')[1] ?? '').length));
      }
      default:
        throw unsupported(context, node, `Precision of a ${value.kind}`);
    }
  }),
};
