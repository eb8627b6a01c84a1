import type { ElmNode } from '@catchment/elm';
import {
  FALSE,
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  column,
  equal,
  isNull,
  not,
  or,
  strict,
  type CodedKey,
  type Expr,
} from '../plan/expression';
import { convertScalar, pack } from '../value/pack';
import { joinShapes, shapeName, shapeOf, typeName } from '../value/shape';
import { valueIsNull } from '../value/structure';
import type { ListValue, RatioValue, ScalarValue, Value } from '../value/value';
import { joinDictionary, unsupported, type Context } from './context';
import { asInterval, isInterval, testIntervals } from './intervals';
import { boolean } from './logical';
import { calculate } from './numbers';
import { binary, type Lowering, type Operators } from './operators';
import { comparePoints, equalPoints, fhirQuantity } from './points';
import { convertQuantity } from './quantities';
import { comparableElements, isList, toSqlList } from './relation';
import type { Order } from './temporal';
import { castTo } from './types';

/** Is a concept or code of the data one of the codes? Never null. */
export function inCodes(value: Value, codes: Extract<Value, { kind: 'codes' }>, context: Context): Expr {
  const set = context.session.codeSet({ kind: 'codes', codes: codes.codes, name: codes.name });
  if (value.kind === 'concept') return inCodeSet(value.key, set, 'concept', context);
  if (value.kind === 'conceptList') return inCodeSet(value.key, set, 'conceptList', context);
  if (value.kind === 'codes') {
    const same = value.codes.some((a) => codes.codes.some((b) => a.system === b.system && a.code === b.code));
    return same ? TRUE : FALSE;
  }
  if (value.kind === 'systemCode') {
    return or(
      ...codes.codes.map((code) =>
        and(
          equal(value.system, { op: 'literal', sql: `'${code.system}'`, value: code.system }),
          equal(value.code, { op: 'literal', sql: `'${code.code.replaceAll("'", "''")}'`, value: code.code }),
        ),
      ),
    );
  }
  return FALSE;
}

export function inCodeSet(
  key: Expr,
  codes: Extract<Expr, { op: 'inCodeSet' }>['codes'],
  of: CodedKey,
  context: Context,
): Expr {
  return { op: 'inCodeSet', key, codes, of, inLambda: context.lambda };
}

/** 12.1 Equal: null when either side is null. */
export function equalValues(a: Value, b: Value, node: ElmNode, context: Context): Expr {
  if (a.kind === 'null' || b.kind === 'null') return NULL;
  if (a.kind === 'choice' && b.kind !== 'choice') return equalValues(narrow(a, b), b, node, context);
  if (b.kind === 'choice' && a.kind !== 'choice') return equalValues(a, narrow(b, a), node, context);
  if (isInterval(a) && isInterval(b)) {
    const [left, right] = [asInterval(a), asInterval(b)];
    return caseWhen(
      [{ when: or(left.isNull, right.isNull), then: NULL }],
      testIntervals('Equal', left, right),
    );
  }
  if (a.kind === 'fhir' && b.kind === 'fhir' && a.rid && b.rid) return equal(a.rid, b.rid);
  if (a.kind === 'fhir' && a.type === 'Quantity') return equalValues(fhirQuantity(a), b, node, context);
  if (b.kind === 'fhir' && b.type === 'Quantity') return equalValues(a, fhirQuantity(b), node, context);
  if (a.kind === 'codes' && (b.kind === 'concept' || b.kind === 'conceptList' || b.kind === 'systemCode')) {
    return caseWhen([{ when: valueIsNull(b), then: NULL }], inCodes(b, a, context));
  }
  if (b.kind === 'codes') return caseWhen([{ when: valueIsNull(a), then: NULL }], inCodes(a, b, context));
  if (a.kind === 'concept' && b.kind === 'concept') return equal(a.key, b.key);
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    const names = [...new Set([...a.fields.keys(), ...b.fields.keys()])];
    // 12.1: element by element, the first that is not equal decides; elements that are null in both are equal.
    const steps = names.flatMap((name) => {
      const [left, right] = [a.fields.get(name), b.fields.get(name)];
      if (!left || !right) return [{ when: TRUE, then: FALSE }];
      const same = equalValues(left, right, node, context);
      const known = and(not(and(valueIsNull(left), valueIsNull(right))), isNull(same));
      return [
        { when: known, then: NULL },
        { when: not(same), then: FALSE },
      ];
    });
    return caseWhen([{ when: or(a.isNull, b.isNull), then: NULL }, ...steps], TRUE);
  }
  if (a.kind === 'ratio' && b.kind === 'ratio') {
    return and(
      equalValues(a.numerator, b.numerator, node, context),
      equalValues(a.denominator, b.denominator, node, context),
    );
  }
  if (isList(a) && isList(b)) return equalLists(a, b, node, context, equalElements);
  if (a.kind === 'fhir' && b.kind === 'fhir' && a.packed && b.packed) return equal(a.packed, b.packed);
  if (a.kind === 'systemCode' && b.kind === 'systemCode')
    return equal(pack(a, shapeOf(a)), pack(b, shapeOf(b)));
  try {
    return equalPoints(a, b);
  } catch {
    throw unsupported(context, node, `equality of a ${typeName(a)} and a ${typeName(b)}`);
  }
}

type ListLike = ListValue | Extract<Value, { kind: 'conceptList' }>;
type Comparison = (a: Value, b: Value, node: ElmNode, context: Context) => Expr;

/** 12.1 for elements of lists: two nulls are the same. */
function equalElements(a: Value, b: Value, node: ElmNode, context: Context): Expr {
  return caseWhen(
    [{ when: and(valueIsNull(a), valueIsNull(b)), then: TRUE }],
    equalValues(a, b, node, context),
  );
}

/** Lists of one length whose elements are the same, one by one. */
function equalLists(a: ListLike, b: ListLike, node: ElmNode, context: Context, same: Comparison): Expr {
  if (a.kind === 'items' && b.kind === 'items') {
    if (a.items.length !== b.items.length) return FALSE;
    return and(TRUE, ...a.items.map((item, index) => same(item, b.items[index]!, node, context)));
  }
  const [left, right] = [toSqlList(a, context), toSqlList(b, context)];
  if (shapeName(joinShapes(left.element, right.element)) === 'choice')
    throw unsupported(context, node, 'comparing lists of different types');
  return equal(comparableElements(left, context), comparableElements(right, context));
}

/** The alternative of a choice that the other side can be compared with. */
function narrow(choice: Extract<Value, { kind: 'choice' }>, other: Value): Value {
  const name = other.kind === 'codes' ? 'CodeableConcept' : typeName(other);
  return castTo(choice, { type: 'NamedTypeSpecifier', name });
}

/** 12.2 Equivalent: never null; codes by system and code, texts without regard to case. */
export function equivalentValues(a: Value, b: Value, node: ElmNode, context: Context): Expr {
  if (a.kind === 'null') return valueIsNull(b);
  if (b.kind === 'null') return valueIsNull(a);
  if (a.kind === 'choice' && b.kind !== 'choice') return equivalentValues(narrow(a, b), b, node, context);
  if (b.kind === 'choice' && a.kind !== 'choice') return equivalentValues(a, narrow(b, a), node, context);
  if (a.kind === 'codes') return inCodes(b, a, context);
  if (b.kind === 'codes') return inCodes(a, b, context);
  if (a.kind === 'concept' && b.kind === 'concept') {
    const left = column(joinDictionary(context, 'concept', a.key), 'codings');
    const right = column(joinDictionary(context, 'concept', b.key), 'codings');
    return or(
      and(isNull(a.key), isNull(b.key)),
      call('coalesce', call('share an element', left, right), FALSE),
    );
  }
  if (a.kind === 'scalar' && b.kind === 'scalar' && a.type === 'String' && b.type === 'String') {
    return call('is not distinct from', call('equivalent text', a.expr), call('equivalent text', b.expr));
  }
  if (a.kind === 'ratio' && b.kind === 'ratio') return equivalentRatios(a, b);
  if (isList(a) && isList(b) && a.kind === 'items' && b.kind === 'items')
    return equalLists(a, b, node, context, equivalentValues);
  const bothNull = and(valueIsNull(a), valueIsNull(b));
  const eitherNull = or(valueIsNull(a), valueIsNull(b));
  return caseWhen(
    [
      { when: bothNull, then: TRUE },
      { when: eitherNull, then: FALSE },
    ],
    orFalse(equivalentPoints(a, b) ?? equalValues(a, b, node, context)),
  );
}

/** Numbers and quantities are equivalent at the precision of the less precise one, and by looser rules for units. */
function equivalentPoints(first: Value, second: Value): Expr | undefined {
  const [a, b] = [quantityIfFhir(first), quantityIfFhir(second)];
  if (a.kind === 'quantity' && b.kind === 'quantity')
    return strict('quantity equivalent', a.value, a.unit, b.value, b.unit);
  if (a.kind === 'scalar' && b.kind === 'scalar' && (a.type === 'Decimal' || b.type === 'Decimal')) {
    return strict(
      'decimal equivalent',
      convertScalar(a.expr, a.type, 'Decimal'),
      convertScalar(b.expr, b.type, 'Decimal'),
    );
  }
  return undefined;
}

function quantityIfFhir(value: Value): Value {
  return value.kind === 'fhir' && value.type === 'Quantity' ? fhirQuantity(value) : value;
}

/** 12.2: ratios are equivalent when they stand for the same proportion: 1:2 and 10:20. */
function equivalentRatios(a: RatioValue, b: RatioValue): Expr {
  const numerator = convertQuantity(b.numerator, a.numerator.unit);
  const denominator = convertQuantity(b.denominator, a.denominator.unit);
  const crosswise = equal(
    product(a.numerator.value, denominator.value),
    product(numerator.value, a.denominator.value),
  );
  const nulls = and(valueIsNull(a), valueIsNull(b));
  return or(nulls, orFalse(crosswise));
}

function product(a: Expr, b: Expr): Expr {
  const decimalOf = (expr: Expr): ScalarValue => ({ kind: 'scalar', type: 'Decimal', expr });
  return calculate('multiply', decimalOf(a), decimalOf(b)).expr;
}

export function orFalse(expr: Expr): Expr {
  return expr.op === 'literal' && expr.value === null ? FALSE : call('coalesce', expr, FALSE);
}

function ordering(order: Order): Lowering {
  return binary((a, b) => boolean(comparePoints(order, scalarPoint(a), scalarPoint(b))));
}

/** The comparable part of a value: a choice that has only one comparable alternative is that alternative. */
function scalarPoint(value: Value): Value {
  if (value.kind !== 'choice') return value;
  const points = value.alternatives.filter(({ type }) =>
    ['Quantity', 'integer', 'Integer', 'decimal', 'Decimal', 'dateTime', 'DateTime', 'date', 'Date'].includes(
      type,
    ),
  );
  return points.length === 1 ? points[0]!.value : value;
}

/** ELM chapter 12: comparison operators. */
export const comparisonOperators: Operators = {
  Equal: binary((a, b, node, context) => boolean(equalValues(a, b, node, context))),
  NotEqual: binary((a, b, node, context) => boolean(not(equalValues(a, b, node, context)))),
  Equivalent: binary((a, b, node, context) => boolean(equivalentValues(a, b, node, context))),
  Less: ordering('<'),
  LessOrEqual: ordering('<='),
  Greater: ordering('>'),
  GreaterOrEqual: ordering('>='),
};
