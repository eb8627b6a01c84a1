import type { ElmNode } from '@catchment/elm';
import { FALSE, TRUE, and, compare, decimal, integer, isTrue, text, type Expr } from '../plan/expression';
import { valueIsNull } from '../value/structure';
import { NULL_VALUE, type LiteralCode, type Value } from '../value/value';
import { diagnostic, unsupported, type Context } from './context';
import { booleanOf } from './logical';
import { long } from './numbers';
import { lower, type Operators } from './operators';
import { asPrecision } from './temporal';
import { once } from './repeats';
import { scalarOf } from './types';

/** A unit as it is compared: calendar words in the singular, everything else as written. */
export function unitText(unit: string | undefined): string {
  if (!unit) return '1';
  const calendar = /^(year|month|week|day|hour|minute|second|millisecond)s?$/.test(unit)
    ? asPrecision(unit)
    : undefined;
  return calendar ?? unit;
}

/** The value of a Quantity literal, which JSON holds as a number. */
function quantityDigits(node: ElmNode, context: Context): string {
  const digits =
    typeof node.value === 'number' && Math.abs(node.value) < 1e-6
      ? node.value.toFixed(10)
      : String(node.value);
  const trimmed = digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  if (!isDecimal(trimmed)) throw diagnostic(context, node, `${digits} is no Decimal of 20 and 8 digits`);
  return trimmed;
}

function isDecimal(digits: string): boolean {
  return /^[+-]?\d{1,20}(\.\d{1,8})?$/.test(digits);
}

function flag(node: ElmNode, name: 'low' | 'high', context: Context): Expr {
  const expression = node[`${name}ClosedExpression`] as ElmNode | undefined;
  if (expression) return booleanOf(lower(expression, context));
  return node[`${name}Closed`] === false ? FALSE : TRUE;
}

function fields(node: ElmNode, context: Context): Map<string, Value> {
  const elements = (node.element ?? []) as { name: string; value: ElmNode }[];
  return new Map(elements.map(({ name, value }) => [name, lower(value, context)]));
}

/** ELM chapters 1 and 2: literals and selectors. */
export const valueOperators: Operators = {
  Null: () => NULL_VALUE,
  Literal: (node, context) => {
    const type = String(node.valueType).replace(/^\{[^}]*\}/, '');
    const value = String(node.value);
    switch (type) {
      case 'Boolean':
        return { kind: 'scalar', type, expr: value === 'true' ? TRUE : FALSE };
      case 'Integer':
        if (Number(value) > 2147483647) throw diagnostic(context, node, `${value} is no Integer`);
        return { kind: 'scalar', type, expr: integer(Number(value)) };
      case 'Long':
        return { kind: 'scalar', type, expr: long(value) };
      case 'Decimal':
        if (!isDecimal(value)) throw diagnostic(context, node, `${value} is no Decimal of 20 and 8 digits`);
        return { kind: 'scalar', type, expr: decimal(value) };
      case 'String':
        return { kind: 'scalar', type, expr: text(value) };
      default:
        throw unsupported(context, node, `a literal of type ${type}`);
    }
  },
  Quantity: (node, context) => ({
    kind: 'quantity',
    value: decimal(quantityDigits(node, context)),
    unit: text(unitText(node.unit as string | undefined)),
  }),
  Ratio: (node, context) => {
    const part = (name: string) => {
      const value = lower({ type: 'Quantity', ...(node[name] as object) }, context);
      if (value.kind !== 'quantity') throw unsupported(context, node, 'a ratio that is not of quantities');
      return value;
    };
    return { kind: 'ratio', numerator: part('numerator'), denominator: part('denominator') };
  },
  Interval: once((node, context) => {
    const low = node.low ? lower(node.low as ElmNode, context) : NULL_VALUE;
    const high = node.high ? lower(node.high as ElmNode, context) : NULL_VALUE;
    const lowClosed = flag(node, 'low', context);
    const highClosed = flag(node, 'high', context);
    // An interval that copies the boundaries of a null interval (a type conversion) is null itself.
    const copied = copiedFrom(node, context);
    const isNull = copied ?? FALSE;
    if (isBackwards(low, high, lowClosed, highClosed))
      throw diagnostic(context, node, 'the interval ends before it starts');
    return { kind: 'interval', low, high, lowClosed, highClosed, isNull };
  }),
  List: (node, context) => ({
    kind: 'items',
    items: ((node.element ?? []) as ElmNode[]).map((element) => lower(element, context)),
  }),
  Tuple: (node, context) => ({ kind: 'tuple', fields: fields(node, context), isNull: FALSE }),
  Instance: (node, context) => {
    const type = String(node.classType).replace(/^\{[^}]*\}/, '');
    const parts = fields(node, context);
    const scalar = (name: string): Expr => scalarOf(parts.get(name) ?? NULL_VALUE, node, context).expr;
    switch (type) {
      case 'Quantity':
        return { kind: 'quantity', value: scalar('value'), unit: scalar('unit') };
      case 'Code':
      case 'Coding':
        return {
          kind: 'systemCode',
          system: scalar('system'),
          code: scalar('code'),
          version: scalar('version'),
          display: scalar('display'),
        };
      case 'Concept': {
        const codes = parts.get('codes');
        if (codes?.kind === 'items' && codes.items.every((item) => item.kind === 'codes')) {
          const all = codes.items.flatMap((item) => (item.kind === 'codes' ? item.codes : []));
          return { kind: 'codes', codes: all, name: all.map((code) => code.code).join(', '), concept: true };
        }
        if (codes?.kind === 'items' && codes.items.length === 1) return codes.items[0]!;
        throw unsupported(context, node, 'a computed Concept');
      }
      case 'Period':
      case 'Interval':
        return {
          kind: 'tuple',
          typeName: 'Period',
          fields: parts,
          isNull: and(...[...parts.values()].map(valueIsNull)),
        };
      default:
        // FHIR primitives such as `FHIR.string { value: … }` are their value.
        if (parts.size === 1 && parts.has('value')) return parts.get('value')!;
        return { kind: 'tuple', typeName: type, fields: parts, isNull: FALSE };
    }
  },
  Code: (node, context) => {
    const system = node.system as { name: string; libraryName?: string } | undefined;
    const library = system?.libraryName ? context.library.includes.get(system.libraryName) : context.library;
    const uri = system && library?.codeSystems.get(system.name);
    if (!uri) throw diagnostic(context, node, 'a code without a known code system');
    const code: LiteralCode = {
      system: uri,
      code: String(node.code),
      display: node.display as string | undefined,
    };
    return { kind: 'codes', codes: [code], name: code.code, concept: false };
  },
  Concept: (node, context) => {
    const parts = (node.code as ElmNode[]).map((code) => lower({ ...code, type: 'Code' }, context));
    const codes = parts.flatMap((part) => (part.kind === 'codes' ? part.codes : []));
    return { kind: 'codes', codes, name: codes.map((code) => code.code).join(', '), concept: true };
  },
};

/** Is it known from the text that no point can be in the interval? */
function isBackwards(low: Value, high: Value, lowClosed: Expr, highClosed: Expr): boolean {
  if (low.kind !== 'scalar' || high.kind !== 'scalar') return false;
  const closed = isTrue(lowClosed) && isTrue(highClosed);
  return isTrue(compare(closed ? '>' : '>=', low.expr, high.expr));
}

/** `Interval[low = f(x.low), lowClosed = x.lowClosed, …]` is how ELM converts interval `x`: null when x is. */
function copiedFrom(node: ElmNode, context: Context): Expr | undefined {
  const closed = node.lowClosedExpression as ElmNode | undefined;
  if (closed?.type !== 'Property' || !closed.source) return undefined;
  const original = lower(closed.source as ElmNode, context);
  return original.kind === 'interval' || original.kind === 'null' ? valueIsNull(original) : undefined;
}
