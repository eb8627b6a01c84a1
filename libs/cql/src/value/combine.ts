import { Defect, Unsupported } from '@catchment/platform';
import {
  NULL,
  TRUE,
  caseWhen,
  isFalse,
  isLiteral,
  isNullLiteral,
  isTrue,
  not,
  sameExpr,
  type Expr,
} from '../plan/expression';
import { LazyAlternative } from './alternative';
import { UTC, codesToSystemCode, convertScalar, itemsToSqlList } from './pack';
import { joinShapes, typeName } from './shape';
import { valueIsNull } from './structure';
import { NULL_VALUE, type QuantityValue, type Shape, type Value } from './value';

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
    case 'quantity': {
      const units = present.map((value) => (value.kind === 'quantity' ? value.unit : NULL));
      // Where there is no value the unit says nothing: a unit that all have needs no CASE.
      const common = isLiteral(units[0]!) && units.every((unit) => sameExpr(unit, units[0]!));
      return {
        kind: 'quantity',
        value: leaf('quantity', (value) => value.value),
        unit: common ? units[0]! : leaf('quantity', (value) => value.unit),
      };
    }
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
        .map((value): Shape => (value.kind === 'sqlList' ? value.element : { kind: 'null' }))
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
      const build = () =>
        combineValues(
          values.map((value) => parts(value).find((part) => part.type === type)?.value ?? NULL_VALUE),
          pick,
        );
      return new LazyAlternative(type, build);
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
