import type { Shape } from '@catchment/cql';
import { Defect } from '@catchment/platform';
import { plainNumber, type SuiteValue } from './suite-value';

/** Reads a value as DuckDB gives it to JSON, laid out as the compiler said. */
export function readActual(shape: Shape, given: unknown): SuiteValue {
  if (given === null || given === undefined) return { kind: 'null' };
  const part = (name: string, inner: Shape): SuiteValue =>
    readActual(inner, (given as Record<string, unknown>)[name]);
  switch (shape.kind) {
    case 'null':
      throw new Defect('a value where only null was expected');
    case 'scalar':
      return readScalar(shape.type, given);
    case 'temporal': {
      const { lo, hi } = given as { lo: string; hi: string };
      return { kind: 'temporal', type: shape.type, lo: instant(lo), hi: instant(hi) };
    }
    case 'quantity': {
      const { value, unit } = given as { value: string | number; unit: string };
      return { kind: 'quantity', value: plainNumber(String(value)), unit };
    }
    case 'ratio':
      return {
        kind: 'ratio',
        numerator: part('numerator', { kind: 'quantity' }),
        denominator: part('denominator', { kind: 'quantity' }),
      };
    case 'interval': {
      const { lowClosed, highClosed } = given as { lowClosed: boolean; highClosed: boolean };
      return {
        kind: 'interval',
        low: part('low', shape.point),
        high: part('high', shape.point),
        lowClosed,
        highClosed,
      };
    }
    case 'systemCode': {
      const string: Shape = { kind: 'scalar', type: 'String' };
      return tuple(['system', 'code', 'version', 'display'].map((name) => [name, part(name, string)]));
    }
    case 'tuple':
      return tuple(shape.fields.map(([name, inner]) => [name, part(name, inner)]));
    case 'choice': {
      const present = shape.alternatives
        .map(({ shape: inner }, index) => part(`a${index}`, inner))
        .filter((value) => value.kind !== 'null');
      return present[0] ?? { kind: 'null' };
    }
    case 'list':
      return { kind: 'list', items: (given as unknown[]).map((item) => readActual(shape.element, item)) };
    default:
      throw new Defect(`a ${shape.kind} as a result of the suite`);
  }
}

function readScalar(type: Extract<Shape, { kind: 'scalar' }>['type'], given: unknown): SuiteValue {
  switch (type) {
    case 'Boolean':
      return { kind: 'boolean', value: given as boolean };
    case 'String':
      return { kind: 'string', value: given as string };
    default:
      return { kind: 'number', value: plainNumber(String(given)) };
  }
}

function tuple(elements: [string, SuiteValue][]): SuiteValue {
  return {
    kind: 'tuple',
    elements: Object.fromEntries(elements.filter(([, value]) => value.kind !== 'null')),
  };
}

function instant(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
