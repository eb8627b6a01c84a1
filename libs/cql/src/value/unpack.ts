import { datePart, field, isNull, type Expr } from '../plan/expression';
import type { Context } from '../lower/context';
import { joinResource } from '../lower/context';
import { LazyAlternative } from './alternative';
import { NULL_VALUE, type QuantityValue, type Shape, type Value } from './value';

/** The value that is packed in one SQL value (the reverse of `pack`). */
export function unpack(shape: Shape, expr: Expr, context: Context): Value {
  const inner = (name: string, part: Shape): Value => unpack(part, field(expr, name), context);
  switch (shape.kind) {
    case 'null':
      return NULL_VALUE;
    case 'scalar':
      return { kind: 'scalar', type: shape.type, expr };
    case 'temporal':
      return {
        kind: 'temporal',
        type: shape.type,
        lo: datePart(expr, 'lo'),
        hi: datePart(expr, 'hi'),
        ...(shape.type === 'DateTime' && !shape.instant && { zone: datePart(expr, 'zone') }),
      };
    case 'quantity':
      return { kind: 'quantity', value: field(expr, 'value'), unit: field(expr, 'unit') };
    case 'ratio':
      return {
        kind: 'ratio',
        numerator: inner('numerator', { kind: 'quantity' }) as QuantityValue,
        denominator: inner('denominator', { kind: 'quantity' }) as QuantityValue,
      };
    case 'interval':
      return {
        kind: 'interval',
        low: inner('low', shape.point),
        high: inner('high', shape.point),
        lowClosed: field(expr, 'lowClosed'),
        highClosed: field(expr, 'highClosed'),
        isNull: isNull(expr),
      };
    case 'systemCode':
      return {
        kind: 'systemCode',
        system: field(expr, 'system'),
        code: field(expr, 'code'),
        version: field(expr, 'version'),
        display: field(expr, 'display'),
      };
    case 'concept':
      return { kind: 'concept', coding: shape.coding, key: expr };
    case 'conceptList':
      return { kind: 'conceptList', coding: shape.coding, key: expr };
    case 'tuple':
      return {
        kind: 'tuple',
        typeName: shape.typeName,
        fields: new Map(shape.fields.map(([name, part]) => [name, inner(name, part)])),
        isNull: isNull(expr),
      };
    case 'element':
      return context.session.elements.value(shape.type, false, expr, shape.demand);
    case 'resource': {
      const source = joinResource(context, shape.type, expr);
      return { ...context.session.elements.resource(shape.type, source), isNull: isNull(expr), rid: expr };
    }
    case 'choice':
      return {
        kind: 'choice',
        alternatives: shape.alternatives.map(
          ({ type, shape: part }, index) => new LazyAlternative(type, () => inner(`a${index}`, part)),
        ),
      };
    case 'lazy':
      return shape.read(unpack(shape.base, expr, context), context);
    case 'list':
      return { kind: 'sqlList', list: expr, element: shape.element };
  }
}
