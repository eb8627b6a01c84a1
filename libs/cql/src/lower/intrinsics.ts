import type { ElmNode } from '@catchment/elm';
import { strict } from '../plan/expression';
import { NULL_VALUE, type Value } from '../value/value';
import { unsupported, type Context } from './context';
import { asInterval } from './intervals';
import { fhirQuantity } from './points';
import { castTo, toSystemValue } from './types';

/**
 * Functions of the library FHIRHelpers, which the translator calls for implicit conversions. FHIR values are held
 * in System form already, so most of them are the identity. Undefined: not one of these functions.
 */
export function intrinsic(
  library: string,
  name: string,
  given: Value[],
  node: ElmNode,
  context: Context,
): Value | undefined {
  if (library !== 'FHIRHelpers') return undefined;
  const value = given[0] ?? NULL_VALUE;
  if (value.kind === 'null') return value;
  switch (name) {
    case 'ToString':
    case 'ToBoolean':
    case 'ToInteger':
    case 'ToDecimal':
    case 'ToDate':
    case 'ToDateTime':
    case 'ToTime':
      return value;
    case 'ToCode':
    case 'ToConcept':
      return value.kind === 'choice'
        ? castTo(value, { type: 'NamedTypeSpecifier', name: 'CodeableConcept' })
        : value;
    case 'ToInterval':
      return asInterval(value);
    case 'ToQuantity':
    case 'ToQuantityIgnoringComparator':
      if (value.kind === 'fhir') return fhirQuantity(value);
      return castTo(value, { type: 'NamedTypeSpecifier', name: 'Quantity' });
    case 'ToValue':
      return toSystemValue(value);
    case 'ToCalendarUnit':
      if (value.kind !== 'scalar') throw unsupported(context, node, `ToCalendarUnit of a ${value.kind}`);
      return { ...value, expr: strict('calendar unit', value.expr) };
    case 'ToRatio': {
      if (value.kind !== 'fhir') throw unsupported(context, node, `ToRatio of a ${value.kind}`);
      const part = (element: string) => {
        const quantity = value.get(element);
        if (quantity.kind !== 'fhir')
          throw unsupported(context, node, `Ratio.${element} as a ${quantity.kind}`);
        return fhirQuantity(quantity);
      };
      return { kind: 'ratio', numerator: part('numerator'), denominator: part('denominator') };
    }
    default:
      return undefined;
  }
}
