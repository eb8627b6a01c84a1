import type { ElmNode } from '@catchment/elm';
import { FALSE, NULL, TRUE, and, call, caseWhen, column, equal, isNull, not, or, type Expr } from '../plan/expression';
import { pack, shapeOf, typeName, valueIsNull } from '../value/structure';
import type { Value } from '../value/value';
import { joinDictionary, unsupported, type Context } from './context';
import { asInterval, isInterval, testIntervals } from './intervals';
import { boolean } from './logical';
import { binary, type Lowering, type Operators } from './operators';
import { comparePoints, equalPoints, fhirQuantity } from './points';
import { isList, toSqlList } from './relation';
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
  of: 'concept' | 'conceptList',
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
    return caseWhen([{ when: or(left.isNull, right.isNull), then: NULL }], testIntervals('Equal', left, right));
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
    const parts = names.map((name) => {
      const [left, right] = [a.fields.get(name), b.fields.get(name)];
      if (!left || !right) return FALSE;
      // 12.1: elements that are null in both tuples are equal.
      const bothNull = and(valueIsNull(left), valueIsNull(right));
      return caseWhen([{ when: bothNull, then: TRUE }], equalValues(left, right, node, context));
    });
    return caseWhen([{ when: or(a.isNull, b.isNull), then: NULL }], and(...parts));
  }
  if (isList(a) && isList(b)) {
    const [left, right] = [toSqlList(a, context), toSqlList(b, context)];
    return equal(left.list, right.list);
  }
  if (a.kind === 'fhir' && b.kind === 'fhir' && a.packed && b.packed) return equal(a.packed, b.packed);
  if (a.kind === 'systemCode' && b.kind === 'systemCode') return equal(pack(a, shapeOf(a)), pack(b, shapeOf(b)));
  try {
    return equalPoints(a, b);
  } catch {
    throw unsupported(context, node, `equality of a ${typeName(a)} and a ${typeName(b)}`);
  }
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
    return or(and(isNull(a.key), isNull(b.key)), call('coalesce', call('share an element', left, right), FALSE));
  }
  if (a.kind === 'scalar' && b.kind === 'scalar' && a.type === 'String' && b.type === 'String') {
    return call('is not distinct from', call('equivalent text', a.expr), call('equivalent text', b.expr));
  }
  const bothNull = and(valueIsNull(a), valueIsNull(b));
  const eitherNull = or(valueIsNull(a), valueIsNull(b));
  return caseWhen(
    [
      { when: bothNull, then: TRUE },
      { when: eitherNull, then: FALSE },
    ],
    orFalse(equalValues(a, b, node, context)),
  );
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
  const points = value.alternatives.filter(({ type }) => ['Quantity', 'integer', 'Integer', 'decimal', 'Decimal', 'dateTime', 'DateTime', 'date', 'Date'].includes(type));
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
