import type { ElmNode } from '@catchment/elm';
import { FALSE, call, or, type Expr } from '../plan/expression';
import type { Value } from '../value/value';
import { NeedsRows, unsupported, type Context } from './context';
import { inCodeSet } from './comparison';
import { now } from './date-times';
import { boolean } from './logical';
import { lower, operands, precisionOf, type Operators } from './operators';
import { toSqlList } from './relation';
import { asPrecision, between, dateFrom } from './temporal';
import { unpack } from '../value/unpack';

/** Is the code, concept or any of the list in the value set? Never null. */
export function inValueSet(value: Value, set: Value, node: ElmNode, context: Context): Expr {
  if (set.kind !== 'valueSet') throw unsupported(context, node, `membership in a ${set.kind}`);
  const codes = context.session.codeSet(set);
  switch (value.kind) {
    case 'null':
      return FALSE;
    case 'concept':
      return inCodeSet(value.key, codes, 'concept', context);
    case 'conceptList':
      return inCodeSet(value.key, codes, 'conceptList', context);
    // The text of a code, whatever its system.
    case 'scalar':
      if (value.type !== 'String') break;
      return inCodeSet(value.expr, codes, 'text', context);
    case 'choice': {
      const coded = value.alternatives.filter(({ type }) =>
        ['CodeableConcept', 'Coding', 'Concept', 'Code'].includes(type),
      );
      return or(...coded.map((alternative) => inValueSet(alternative.value, set, node, context)));
    }
    case 'items':
      return or(...value.items.map((item) => inValueSet(item, set, node, context)));
    case 'sqlList': {
      const variable = context.session.variable();
      const element = unpack(value.element, { op: 'variable', name: variable }, { ...context, lambda: true });
      const body = inValueSet(element, set, node, { ...context, lambda: true });
      return call('has elements', {
        op: 'lambda',
        fn: 'filter',
        list: value.list,
        variables: [variable],
        body,
      });
    }
    case 'relation':
      if (context.lambda) throw new NeedsRows();
      return inValueSet(toSqlList(value, context), set, node, context);
    default:
      break;
  }
  throw unsupported(context, node, `value-set membership of a ${value.kind}`);
}

function valueSetOf(node: ElmNode, context: Context): Value {
  const set = (node.valueset ?? node.valuesetExpression) as ElmNode | undefined;
  return lower(set && { ...set, type: set.type ?? 'ValueSetRef' }, context);
}

function age(birth: Value, asOf: Value, node: ElmNode, context: Context): Value {
  if (birth.kind === 'null' || asOf.kind === 'null') return { kind: 'null' };
  if (birth.kind !== 'temporal' || asOf.kind !== 'temporal') {
    throw unsupported(context, node, 'an age that is not between two dates');
  }
  const precision = asPrecision(precisionOf(node) ?? 'Year')!;
  const dates = birth.type === 'Date' || asOf.type === 'Date';
  return dates
    ? between('duration', dateFrom(birth), dateFrom(asOf), precision)
    : between('duration', birth, asOf, precision);
}

/** ELM chapter 23: clinical operators. */
export const clinicalOperators: Operators = {
  // 23.10 InValueSet(code, valueset)
  InValueSet: (node, context) =>
    boolean(inValueSet(lower(node.code as ElmNode, context), valueSetOf(node, context), node, context)),
  // 23.2 AnyInValueSet(codes, valueset)
  AnyInValueSet: (node, context) =>
    boolean(inValueSet(lower(node.codes as ElmNode, context), valueSetOf(node, context), node, context)),
  // 23.3 CalculateAge(birthDate, precision): at the instant of evaluation
  CalculateAge: (node, context) => age(lower(operands(node)[0], context), now(node, context), node, context),
  // 23.4 CalculateAgeAt(birthDate, asOf, precision): complete units
  CalculateAgeAt: (node, context) => {
    const [birth, asOf] = operands(node).map((operand) => lower(operand, context));
    return age(birth!, asOf!, node, context);
  },
};
