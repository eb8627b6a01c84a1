import { Unsupported } from '@catchment/platform';
import type { Shape, Value } from './value';

/** Layout of a value inside one SQL value. */
export function shapeOf(value: Value): Shape {
  switch (value.kind) {
    case 'null':
      return { kind: 'null' };
    case 'scalar':
      return { kind: 'scalar', type: value.type };
    case 'temporal':
      return { kind: 'temporal', type: value.type };
    case 'uncertain':
      return { kind: 'scalar', type: 'Integer' };
    case 'quantity':
      return { kind: 'quantity' };
    case 'ratio':
      return { kind: 'ratio' };
    case 'interval':
      return { kind: 'interval', point: joinShapes(shapeOf(value.low), shapeOf(value.high)) };
    case 'systemCode':
    case 'codes':
      return { kind: 'systemCode' };
    case 'concept':
      return { kind: 'concept', coding: value.coding };
    case 'conceptList':
      return { kind: 'conceptList', coding: value.coding };
    case 'tuple':
      return {
        kind: 'tuple',
        fields: [...value.fields].map(([name, inner]) => [name, shapeOf(inner)]),
        typeName: value.typeName,
      };
    case 'fhir':
      if (value.rid) return { kind: 'resource', type: value.type };
      if (value.packed && value.demand) return { kind: 'element', type: value.type, demand: value.demand };
      return fhirShape(value.type);
    case 'choice':
      return {
        kind: 'choice',
        alternatives: value.alternatives.map(({ type, value: inner }) => ({ type, shape: shapeOf(inner) })),
      };
    case 'sqlList':
      return { kind: 'list', element: value.element };
    case 'items':
      return { kind: 'list', element: value.items.map(shapeOf).reduce(joinShapes, { kind: 'null' }) };
    case 'relation':
      return { kind: 'list', element: shapeOf(value.row) };
    case 'valueSet':
      throw new Unsupported('a value set as a value');
  }
}

/** Complex FHIR values with a fixed small layout can be packed; others are reached through their resource. */
function fhirShape(type: string): Shape {
  if (type === 'Period') {
    const dateTime: Shape = { kind: 'temporal', type: 'DateTime' };
    return {
      kind: 'tuple',
      typeName: 'Period',
      fields: [
        ['start', dateTime],
        ['end', dateTime],
      ],
    };
  }
  if (type === 'Quantity') {
    const string: Shape = { kind: 'scalar', type: 'String' };
    return {
      kind: 'tuple',
      typeName: 'Quantity',
      fields: [
        ['value', { kind: 'scalar', type: 'Decimal' }],
        ['unit', string],
        ['code', string],
        ['system', string],
      ],
    };
  }
  if (type === 'Reference') {
    return {
      kind: 'tuple',
      typeName: 'Reference',
      fields: [['reference', { kind: 'scalar', type: 'String' }]],
    };
  }
  throw new Unsupported(`a FHIR ${type} inside a computed list or tuple`);
}

/** The layout that holds values of either shape. */
export function joinShapes(a: Shape, b: Shape): Shape {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (a.kind === 'scalar' && b.kind === 'scalar' && a.type !== b.type) {
    const numeric = ['Integer', 'Long', 'Decimal'];
    if (numeric.includes(a.type) && numeric.includes(b.type)) {
      return numeric.indexOf(a.type) > numeric.indexOf(b.type) ? a : b;
    }
    return asChoice(a, b);
  }
  if (a.kind === 'interval' && b.kind === 'interval')
    return { kind: 'interval', point: joinShapes(a.point, b.point) };
  if (a.kind === 'list' && b.kind === 'list')
    return { kind: 'list', element: joinShapes(a.element, b.element) };
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    const names = [...new Set([...a.fields, ...b.fields].map(([name]) => name))];
    const of = (shape: typeof a, name: string): Shape =>
      shape.fields.find(([candidate]) => candidate === name)?.[1] ?? { kind: 'null' };
    return {
      kind: 'tuple',
      typeName: a.typeName,
      fields: names.map((name) => [name, joinShapes(of(a, name), of(b, name))]),
    };
  }
  if (a.kind === b.kind && a.kind !== 'choice' && shapeName(a) === shapeName(b)) return a;
  return asChoice(a, b);
}

function asChoice(a: Shape, b: Shape): Shape {
  const list = (shape: Shape) =>
    shape.kind === 'choice' ? shape.alternatives : [{ type: shapeName(shape), shape }];
  const alternatives = [...list(a)];
  for (const candidate of list(b)) {
    if (!alternatives.some((alternative) => alternative.type === candidate.type))
      alternatives.push(candidate);
  }
  return { kind: 'choice', alternatives };
}

export function shapeName(shape: Shape): string {
  switch (shape.kind) {
    case 'scalar':
    case 'temporal':
      return shape.type;
    case 'resource':
    case 'element':
      return shape.type;
    case 'tuple':
      return shape.typeName ?? 'Tuple';
    case 'quantity':
      return 'Quantity';
    case 'systemCode':
      return 'Code';
    case 'concept':
      return shape.coding ? 'Coding' : 'CodeableConcept';
    case 'interval':
      return `Interval<${shapeName(shape.point)}>`;
    case 'list':
    case 'conceptList':
      return 'List';
    default:
      return shape.kind;
  }
}

/** Name of a value's type, as choice alternatives are told apart. */
export function typeName(value: Value): string {
  switch (value.kind) {
    case 'scalar':
    case 'temporal':
      return value.type;
    case 'uncertain':
      return 'Integer';
    case 'fhir':
      return value.type;
    case 'tuple':
      return value.typeName ?? 'Tuple';
    case 'concept':
      return value.coding ? 'Coding' : 'CodeableConcept';
    case 'quantity':
      return 'Quantity';
    case 'systemCode':
      return 'Code';
    case 'codes':
      return value.concept ? 'Concept' : 'Code';
    case 'interval': {
      const point = value.low.kind === 'null' ? value.high : value.low;
      return `Interval<${typeName(point)}>`;
    }
    case 'sqlList':
    case 'items':
    case 'relation':
    case 'conceptList':
      return 'List';
    default:
      return value.kind;
  }
}
