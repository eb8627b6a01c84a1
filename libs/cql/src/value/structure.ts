import { Defect, Unsupported } from '@catchment/platform';
import {
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  isFalse,
  isNull,
  isNullLiteral,
  isTrue,
  not,
  struct,
  text,
  type Expr,
} from '../plan/expression';
import {
  NULL_VALUE,
  type ItemsValue,
  type QuantityValue,
  type Shape,
  type SqlListValue,
  type SystemCodeValue,
  type Value,
} from './value';

/** Applies a function to every leaf expression of a value; lists of rows must have been turned into SQL lists before. */
export function mapValue(
  value: Value,
  leaf: (expr: Expr) => Expr,
  nullness: (expr: Expr) => Expr = leaf,
): Value {
  const map = (inner: Value): Value => mapValue(inner, leaf, nullness);
  switch (value.kind) {
    case 'null':
    case 'valueSet':
    case 'codes':
      return value;
    case 'scalar':
      return { ...value, expr: leaf(value.expr) };
    case 'temporal': {
      const lo = leaf(value.lo);
      const hi = value.hi === value.lo ? lo : leaf(value.hi);
      return { ...value, lo, hi, ...(value.zone && { zone: leaf(value.zone) }) };
    }
    case 'uncertain':
      return { ...value, lo: leaf(value.lo), hi: leaf(value.hi) };
    case 'quantity':
      return { ...value, value: leaf(value.value), unit: leaf(value.unit) };
    case 'ratio':
      return {
        kind: 'ratio',
        numerator: map(value.numerator) as typeof value.numerator,
        denominator: map(value.denominator) as typeof value.denominator,
      };
    case 'interval':
      return {
        kind: 'interval',
        low: map(value.low),
        high: map(value.high),
        lowClosed: leaf(value.lowClosed),
        highClosed: leaf(value.highClosed),
        isNull: nullness(value.isNull),
      };
    case 'systemCode':
      return {
        kind: 'systemCode',
        system: leaf(value.system),
        code: leaf(value.code),
        version: leaf(value.version),
        display: leaf(value.display),
      };
    case 'concept': {
      const { get } = value;
      return { ...value, key: leaf(value.key), get: get && ((element) => map(get(element))) };
    }
    case 'conceptList':
      return { ...value, key: leaf(value.key) };
    case 'tuple':
      return {
        ...value,
        fields: new Map([...value.fields].map(([name, inner]) => [name, map(inner)])),
        isNull: nullness(value.isNull),
      };
    case 'fhir':
      return {
        kind: 'fhir',
        type: value.type,
        rid: value.rid && leaf(value.rid),
        packed: value.packed && leaf(value.packed),
        demand: value.demand,
        isNull: nullness(value.isNull),
        get: (element) => map(value.get(element)),
      };
    case 'choice':
      return {
        kind: 'choice',
        alternatives: value.alternatives.map((alternative) => ({
          type: alternative.type,
          get value() {
            return map(alternative.value);
          },
        })),
      };
    case 'sqlList':
      return { ...value, list: leaf(value.list) };
    case 'items':
      return { kind: 'items', items: value.items.map(map) };
    case 'relation':
      throw new Defect('rows cannot be mapped leaf by leaf');
  }
}

/** The zone of a DateTime that states none, where another one does. */
export const UTC: Expr = { op: 'literal', sql: '0::smallint', value: 0 };

/** Is the value null? Never null itself. */
export function valueIsNull(value: Value): Expr {
  switch (value.kind) {
    case 'null':
      return TRUE;
    case 'scalar':
      return isNull(value.expr);
    case 'temporal':
    case 'uncertain':
      return isNull(value.lo);
    case 'quantity':
      return isNull(value.value);
    case 'ratio':
      return and(valueIsNull(value.numerator), valueIsNull(value.denominator));
    case 'systemCode':
      return and(isNull(value.code), isNull(value.system));
    case 'concept':
    case 'conceptList':
      return isNull(value.key);
    case 'sqlList':
      return isNull(value.list);
    case 'interval':
    case 'tuple':
    case 'fhir':
      return value.isNull;
    case 'choice':
      return and(...value.alternatives.map((alternative) => valueIsNull(alternative.value)));
    case 'codes':
    case 'valueSet':
    case 'items':
    case 'relation':
      return not(TRUE);
  }
}

export function codesToSystemCode(value: Extract<Value, { kind: 'codes' }>): SystemCodeValue {
  const code = value.codes[0];
  if (!code || value.codes.length > 1)
    throw new Unsupported('a concept of several codes as a computed value');
  return {
    kind: 'systemCode',
    system: text(code.system),
    code: text(code.code),
    version: NULL,
    display: code.display === undefined ? NULL : text(code.display),
  };
}

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

/** A null with the type of a simple layout, so that SQL can calculate with it. */
function nullOf(shape: Shape): Expr {
  const types: Record<string, string> = {
    Boolean: 'boolean',
    Integer: 'integer',
    Long: 'bigint',
    Decimal: 'decimal(28, 8)',
    String: 'varchar',
  };
  const typed = (type: string): Expr => ({ op: 'literal', sql: `cast(null as ${type})`, value: null });
  if (shape.kind === 'scalar') return typed(types[shape.type]!);
  if (shape.kind === 'temporal') {
    const zone = shape.type === 'DateTime' && !shape.instant ? ', zone smallint' : '';
    return typed(`struct(lo timestamp, hi timestamp${zone})`);
  }
  if (shape.kind === 'quantity') return typed('struct("value" decimal(28, 8), unit varchar)');
  return NULL;
}

/** One SQL value that holds the whole value in the given layout. */
export function pack(value: Value, shape: Shape): Expr {
  if (value.kind === 'null' || shape.kind === 'null') return nullOf(shape);
  const absentOr = (packed: Expr): Expr => caseWhen([{ when: valueIsNull(value), then: NULL }], packed);
  switch (shape.kind) {
    case 'scalar':
      if (value.kind === 'scalar') return convertScalar(value.expr, value.type, shape.type);
      if (value.kind === 'uncertain')
        return caseWhen([{ when: call('=', value.lo, value.hi), then: value.lo }], NULL);
      break;
    case 'temporal':
      if (value.kind === 'temporal') {
        const bounds: [string, Expr][] = [
          ['lo', value.lo],
          ['hi', value.hi],
        ];
        if (shape.type === 'DateTime' && !shape.instant) bounds.push(['zone', value.zone ?? UTC]);
        return absentOr(struct(bounds));
      }
      break;
    case 'quantity':
      if (value.kind === 'quantity')
        return absentOr(
          struct([
            ['value', value.value],
            ['unit', value.unit],
          ]),
        );
      break;
    case 'ratio':
      if (value.kind === 'ratio') {
        return struct([
          ['numerator', pack(value.numerator, { kind: 'quantity' })],
          ['denominator', pack(value.denominator, { kind: 'quantity' })],
        ]);
      }
      break;
    case 'interval':
      if (value.kind === 'interval') {
        return absentOr(
          struct([
            ['low', pack(value.low, shape.point)],
            ['high', pack(value.high, shape.point)],
            ['lowClosed', value.lowClosed],
            ['highClosed', value.highClosed],
          ]),
        );
      }
      break;
    case 'systemCode': {
      const code = value.kind === 'codes' ? codesToSystemCode(value) : value;
      if (code.kind === 'systemCode') {
        return absentOr(
          struct([
            ['system', code.system],
            ['code', code.code],
            ['version', code.version],
            ['display', code.display],
          ]),
        );
      }
      break;
    }
    case 'concept':
      if (value.kind === 'concept') return value.key;
      break;
    case 'conceptList':
      if (value.kind === 'conceptList') return value.key;
      break;
    case 'tuple': {
      const read = (name: string): Value => {
        if (value.kind === 'tuple') return value.fields.get(name) ?? NULL_VALUE;
        if (value.kind === 'fhir') return value.get(name);
        throw new Defect(`a ${value.kind} has no field ${name}`);
      };
      return absentOr(struct(shape.fields.map(([name, inner]) => [name, pack(read(name), inner)])));
    }
    case 'resource':
      if (value.kind === 'fhir' && value.rid) return value.rid;
      break;
    case 'choice': {
      const alternatives = value.kind === 'choice' ? value.alternatives : [{ type: typeName(value), value }];
      return absentOr(
        struct(
          shape.alternatives.map(({ type, shape: inner }, index) => {
            const found = alternatives.find((alternative) => alternative.type === type);
            return [`a${index}`, found ? pack(found.value, inner) : NULL];
          }),
        ),
      );
    }
    case 'list':
      if (value.kind === 'sqlList') return value.list;
      if (value.kind === 'items')
        return call('list', ...value.items.map((item) => pack(item, shape.element)));
      break;
    case 'element':
      if (value.kind === 'fhir' && value.packed) return value.packed;
      break;
  }
  throw new Unsupported(`a ${typeName(value)} where a ${shapeName(shape)} is expected`);
}

export function convertScalar(expr: Expr, from: string, to: string): Expr {
  if (from === to || (from === 'Integer' && to === 'Long')) return expr;
  if (to === 'Decimal') return call('to decimal', expr);
  throw new Unsupported(`${from} where ${to} is expected`);
}

/** CASE over whole values: the value of the first branch whose condition is true. */
export function chooseValue(branches: { when: Expr; then: Value }[], otherwise: Value): Value {
  const live: { when: Expr; then: Value }[] = [];
  let last = otherwise;
  for (const branch of branches) {
    if (isFalse(branch.when) || isNullLiteral(branch.when)) continue;
    if (isTrue(branch.when)) {
      last = branch.then;
      break;
    }
    live.push(branch);
  }
  if (live.length === 0) return last;
  return combineValues([...live.map((branch) => branch.then), last], (exprs) =>
    caseWhen(
      live.map(({ when }, index) => ({ when, then: exprs[index]! })),
      exprs.at(-1)!,
    ),
  );
}

/**
 * One value out of several of which one applies (branches of a conditional, branches of a union): leaves of the same
 * place are combined by `pick`, values of different types become a choice.
 */
export function combineValues(values: Value[], pick: (exprs: Expr[]) => Expr): Value {
  const mixed = new Set(values.map((value) => value.kind));
  const normal = values.map((value) => {
    if (value.kind === 'codes' && !value.concept) return codesToSystemCode(value);
    if (value.kind === 'codes' && mixed.size > 1) return codesToSystemCode(value);
    if (value.kind === 'items') return itemsToSqlList(value);
    return value;
  });
  const present = normal.filter((value) => value.kind !== 'null');
  const first = present[0];
  if (!first) return NULL_VALUE;
  const names = new Set(present.map(family));
  // An interval between two nulls goes with an interval of any point type.
  if (names.size > 1) names.delete('Interval<null>');
  if (names.size > 1 || first.kind === 'choice') return combineAlternatives(normal, present, pick);

  const leaf = <K extends Value['kind']>(
    kind: K,
    read: (value: Extract<Value, { kind: K }>) => Expr,
    absent: Expr = NULL,
  ): Expr =>
    pick(normal.map((value) => (value.kind === kind ? read(value as Extract<Value, { kind: K }>) : absent)));
  const part = <K extends Value['kind']>(
    kind: K,
    read: (value: Extract<Value, { kind: K }>) => Value,
  ): Value =>
    combineValues(
      normal.map((value) => (value.kind === kind ? read(value as Extract<Value, { kind: K }>) : NULL_VALUE)),
      pick,
    );

  switch (first.kind) {
    case 'scalar': {
      const types = new Set(present.map((value) => (value.kind === 'scalar' ? value.type : first.type)));
      const type = types.has('Decimal') ? 'Decimal' : types.has('Long') ? 'Long' : first.type;
      return {
        kind: 'scalar',
        type,
        expr: leaf('scalar', (value) => convertScalar(value.expr, value.type, type)),
      };
    }
    case 'temporal': {
      const exact = present.every((value) => value.kind === 'temporal' && value.lo === value.hi);
      const lo = leaf('temporal', (value) => value.lo);
      const hi = exact ? lo : leaf('temporal', (value) => value.hi);
      const zoned = present.some((value) => value.kind === 'temporal' && value.zone);
      const zone = zoned ? leaf('temporal', (value) => value.zone ?? UTC) : undefined;
      return { kind: 'temporal', type: first.type, lo, hi, ...(zone && { zone }) };
    }
    case 'uncertain':
      return {
        kind: 'uncertain',
        lo: leaf('uncertain', (value) => value.lo),
        hi: leaf('uncertain', (value) => value.hi),
      };
    case 'quantity':
      return {
        kind: 'quantity',
        value: leaf('quantity', (value) => value.value),
        unit: leaf('quantity', (value) => value.unit),
      };
    case 'ratio':
      return {
        kind: 'ratio',
        numerator: part('ratio', (value) => value.numerator) as QuantityValue,
        denominator: part('ratio', (value) => value.denominator) as QuantityValue,
      };
    case 'interval':
      return {
        kind: 'interval',
        low: part('interval', (value) => value.low),
        high: part('interval', (value) => value.high),
        lowClosed: leaf('interval', (value) => value.lowClosed),
        highClosed: leaf('interval', (value) => value.highClosed),
        isNull: leaf('interval', (value) => value.isNull, TRUE),
      };
    case 'systemCode':
      return {
        kind: 'systemCode',
        system: leaf('systemCode', (value) => value.system),
        code: leaf('systemCode', (value) => value.code),
        version: leaf('systemCode', (value) => value.version),
        display: leaf('systemCode', (value) => value.display),
      };
    case 'concept':
      return {
        kind: 'concept',
        coding: first.coding,
        key: leaf('concept', (value) => value.key),
        get: (element) =>
          part('concept', (value) => {
            if (!value.get) throw new Unsupported(`element ${element} of a computed concept`);
            return value.get(element);
          }),
      };
    case 'conceptList':
      return { kind: 'conceptList', coding: first.coding, key: leaf('conceptList', (value) => value.key) };
    case 'tuple': {
      const fields = [
        ...new Set(present.flatMap((value) => (value.kind === 'tuple' ? [...value.fields.keys()] : []))),
      ];
      return {
        kind: 'tuple',
        typeName: first.typeName,
        fields: new Map(
          fields.map((name) => [name, part('tuple', (value) => value.fields.get(name) ?? NULL_VALUE)]),
        ),
        isNull: leaf('tuple', (value) => value.isNull, TRUE),
      };
    }
    case 'fhir': {
      const isResource = present.every((value) => value.kind === 'fhir' && value.rid !== undefined);
      const isPacked = present.every((value) => value.kind === 'fhir' && value.packed !== undefined);
      return {
        kind: 'fhir',
        type: first.type,
        rid: isResource ? leaf('fhir', (value) => value.rid!) : undefined,
        packed: isPacked ? leaf('fhir', (value) => value.packed!) : undefined,
        demand: isPacked && present.every((value) => samePath(value, first)) ? first.demand : undefined,
        isNull: leaf('fhir', (value) => value.isNull, TRUE),
        get: (element) => part('fhir', (value) => value.get(element)),
      };
    }
    case 'sqlList': {
      const element = present
        .map((value) => (value.kind === 'sqlList' ? value.element : ({ kind: 'null' } as Shape)))
        .reduce(joinShapes);
      return { kind: 'sqlList', element, list: leaf('sqlList', (value) => value.list) };
    }
    case 'codes':
    case 'valueSet':
      if (present.every((value) => JSON.stringify(value) === JSON.stringify(first))) return first;
      throw new Unsupported('a conditional over different value sets or concepts');
    case 'relation':
      throw new Defect('rows are combined as a union, not leaf by leaf');
  }
}

/** Structs of different places have different fields. */
function samePath(a: Value, b: Value): boolean {
  return a.kind === 'fhir' && b.kind === 'fhir' && JSON.stringify(a.demand) === JSON.stringify(b.demand);
}

function family(value: Value): string {
  return value.kind === 'scalar' ? scalarFamily(value.type) : typeName(value);
}

function scalarFamily(type: string): string {
  return type === 'Long' || type === 'Decimal' ? 'Integer' : type;
}

export function itemsToSqlList(value: ItemsValue): SqlListValue {
  const element = value.items.map(shapeOf).reduce(joinShapes, { kind: 'null' });
  return { kind: 'sqlList', element, list: call('list', ...value.items.map((item) => pack(item, element))) };
}

function combineAlternatives(values: Value[], present: Value[], pick: (exprs: Expr[]) => Expr): Value {
  const parts = (value: Value) =>
    value.kind === 'null'
      ? []
      : value.kind === 'choice'
        ? value.alternatives
        : [{ type: typeName(value), value }];
  const types = [...new Set(present.flatMap((value) => parts(value).map((part) => part.type)))];
  return {
    kind: 'choice',
    alternatives: types.map((type) => {
      let built: Value | undefined;
      const build = () =>
        combineValues(
          values.map((value) => parts(value).find((part) => part.type === type)?.value ?? NULL_VALUE),
          pick,
        );
      return {
        type,
        get value() {
          return (built ??= build());
        },
      };
    }),
  };
}

/** CQL Coalesce over whole values. */
export function coalesceValues(values: Value[]): Value {
  const last = values.at(-1) ?? NULL_VALUE;
  return chooseValue(
    values.slice(0, -1).map((value) => ({ when: not(valueIsNull(value)), then: value })),
    last,
  );
}
