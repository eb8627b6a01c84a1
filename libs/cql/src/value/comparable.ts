import { caseWhen, field, isNull, NULL, struct, type Expr } from '../plan/expression';
import type { Shape } from './value';

/**
 * The layout in which equal values are the same SQL value: DateTimes by their instants, whatever offset they were stated
 * with. Undefined where the layout itself is that.
 */
export function comparableShape(shape: Shape): Shape | undefined {
  switch (shape.kind) {
    case 'temporal':
      return shape.type === 'DateTime' && !shape.instant ? { ...shape, instant: true } : undefined;
    case 'interval': {
      const point = comparableShape(shape.point);
      return point && { ...shape, point };
    }
    case 'list': {
      const element = comparableShape(shape.element);
      return element && { ...shape, element };
    }
    case 'tuple': {
      const parts = shape.fields.map(([, inner]) => comparableShape(inner));
      if (!parts.some(Boolean)) return undefined;
      return { ...shape, fields: shape.fields.map(([name, inner], index) => [name, parts[index] ?? inner]) };
    }
    case 'choice': {
      const parts = shape.alternatives.map(({ shape: inner }) => comparableShape(inner));
      if (!parts.some(Boolean)) return undefined;
      return {
        ...shape,
        alternatives: shape.alternatives.map((one, index) => ({ ...one, shape: parts[index] ?? one.shape })),
      };
    }
    default:
      return undefined;
  }
}

/** A packed value laid out as `comparableShape` says; the value itself where that is the same. */
export function comparable(packed: Expr, shape: Shape, variable: () => string): Expr {
  if (!comparableShape(shape)) return packed;
  const part = (name: string, inner: Shape): [string, Expr] => [
    name,
    comparable(field(packed, name), inner, variable),
  ];
  const whole = (fields: [string, Expr][]): Expr =>
    caseWhen([{ when: isNull(packed), then: NULL }], struct(fields));
  switch (shape.kind) {
    case 'temporal':
      return whole([
        ['lo', field(packed, 'lo')],
        ['hi', field(packed, 'hi')],
      ]);
    case 'interval':
      return whole([
        part('low', shape.point),
        part('high', shape.point),
        ['lowClosed', field(packed, 'lowClosed')],
        ['highClosed', field(packed, 'highClosed')],
      ]);
    case 'tuple':
      return whole(shape.fields.map(([name, inner]) => part(name, inner)));
    case 'choice':
      return whole(shape.alternatives.map(({ shape: inner }, index) => part(`a${index}`, inner)));
    case 'list': {
      const name = variable();
      const body = comparable({ op: 'variable', name }, shape.element, variable);
      return { op: 'lambda', fn: 'transform', list: packed, variables: [name], body };
    }
    default:
      return packed;
  }
}
