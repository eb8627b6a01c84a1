import { Defect, Unsupported } from '@catchment/platform';
import { NULL, call, caseWhen, struct, text, type Expr } from '../plan/expression';
import { joinShapes, shapeName, shapeOf, typeName } from './shape';
import { valueIsNull } from './structure';
import {
  NULL_VALUE,
  type ItemsValue,
  type ScalarType,
  type Shape,
  type SqlListValue,
  type SystemCodeValue,
  type Value,
} from './value';

/** The zone of a DateTime that states none, where another one does. */
export const UTC: Expr = { op: 'literal', sql: '0::smallint', value: 0 };

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
    case 'lazy':
      // Elements of a lazy list are read out of another list; nothing is ever stored as one.
      break;
  }
  throw new Unsupported(`a ${typeName(value)} where a ${shapeName(shape)} is expected`);
}

/** A null with the type of a layout, so that SQL can calculate with it; without a type where that cannot be told. */
export function nullOf(shape: Shape): Expr {
  const type = sqlTypeOf(shape);
  return type ? { op: 'literal', sql: `cast(null as ${type})`, value: null } : NULL;
}

const scalarTypes: Record<ScalarType, string> = {
  Boolean: 'boolean',
  Integer: 'integer',
  Long: 'bigint',
  Decimal: 'decimal(28, 8)',
  String: 'varchar',
};

/** The SQL type of a layout that is made here; undefined for one that holds what is stored. */
function sqlTypeOf(shape: Shape): string | undefined {
  const structOf = (fields: [string, string | undefined][]): string | undefined =>
    fields.every(([, type]) => type !== undefined)
      ? `struct(${fields.map(([name, type]) => `"${name}" ${type}`).join(', ')})`
      : undefined;
  switch (shape.kind) {
    case 'scalar':
      return scalarTypes[shape.type];
    case 'temporal': {
      const zone: [string, string][] =
        shape.type === 'DateTime' && !shape.instant ? [['zone', 'smallint']] : [];
      return structOf([['lo', 'timestamp'], ['hi', 'timestamp'], ...zone]);
    }
    case 'quantity':
      return structOf([
        ['value', scalarTypes.Decimal],
        ['unit', scalarTypes.String],
      ]);
    case 'interval': {
      const point = sqlTypeOf(shape.point);
      return structOf([
        ['low', point],
        ['high', point],
        ['lowClosed', scalarTypes.Boolean],
        ['highClosed', scalarTypes.Boolean],
      ]);
    }
    case 'list': {
      const element = sqlTypeOf(shape.element);
      return element && `${element}[]`;
    }
    default:
      return undefined;
  }
}

export function convertScalar(expr: Expr, from: string, to: string): Expr {
  if (from === to || (from === 'Integer' && to === 'Long')) return expr;
  if (to === 'Decimal') return call('to decimal', expr);
  throw new Unsupported(`${from} where ${to} is expected`);
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

export function itemsToSqlList(value: ItemsValue): SqlListValue {
  const element = value.items.map(shapeOf).reduce(joinShapes, { kind: 'null' });
  return { kind: 'sqlList', element, list: call('list', ...value.items.map((item) => pack(item, element))) };
}
