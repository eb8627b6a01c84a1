import { Defect } from '@catchment/platform';
import { TRUE, and, isNull, not, type Expr } from '../plan/expression';
import { LazyAlternative } from './alternative';
import type { Value } from './value';

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
      return { kind: 'scalar', type: value.type, expr: leaf(value.expr) };
    case 'temporal': {
      const lo = leaf(value.lo);
      const hi = value.hi === value.lo ? lo : leaf(value.hi);
      if (!value.zone) return { kind: 'temporal', type: value.type, lo, hi };
      return { kind: 'temporal', type: value.type, lo, hi, zone: leaf(value.zone) };
    }
    case 'uncertain':
      return { kind: 'uncertain', lo: leaf(value.lo), hi: leaf(value.hi) };
    case 'quantity':
      return { kind: 'quantity', value: leaf(value.value), unit: leaf(value.unit) };
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
        alternatives: value.alternatives.map(
          (alternative) => new LazyAlternative(alternative.type, () => map(alternative.value)),
        ),
      };
    case 'sqlList':
      return { ...value, list: leaf(value.list) };
    case 'items':
      return { kind: 'items', items: value.items.map(map) };
    case 'relation':
      throw new Defect('rows cannot be mapped leaf by leaf');
  }
}

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
