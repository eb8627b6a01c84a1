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
import { NULL_VALUE, type FhirValue, type QuantityValue, type Value } from './value';

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
export function combineValues(values: Value[], pick: Pick): Value {
  const mixed = values.some(({ kind }) => kind !== values[0]!.kind);
  const normal = values.map((value) => normalForm(value, mixed));
  const present = normal.filter((value): value is Combinable => value.kind !== 'null');
  const first = present[0];
  if (!first) return NULL_VALUE;
  if (first.kind === 'choice' || !sameFamily(present)) return combineAlternatives(normal, present, pick);
  const combine = combinations[first.kind] as Combination<typeof first>;
  return combine(first, new Parts(first.kind, normal, pick));
}

/** Of expressions of which one applies. */
type Pick = (exprs: Expr[]) => Expr;

type Combinable = Exclude<Value, { kind: 'null' | 'items' }>;

function normalForm(value: Value, mixed: boolean): Exclude<Value, { kind: 'items' }> {
  if (value.kind === 'codes' && (mixed || !value.concept)) return codesToSystemCode(value);
  return value.kind === 'items' ? itemsToSqlList(value) : value;
}

/** An interval between two nulls goes with an interval of any point type. */
function sameFamily(values: readonly Value[]): boolean {
  const names = new Set(values.map(family));
  if (names.size > 1) names.delete('Interval<null>');
  return names.size === 1;
}

/** Values of which one applies, for the parts of those of one kind; the others are null or as good as null. */
class Parts<V extends Value> {
  /** Those of the kind. */
  readonly present: readonly V[];

  constructor(
    private readonly kind: V['kind'],
    private readonly values: readonly Value[],
    private readonly pick: Pick,
  ) {
    this.present = values.filter((value): value is V => value.kind === kind);
  }

  /** Holds something of all that are not null? */
  all(holds: (value: V) => boolean): boolean {
    return this.values.every(
      (value) => value.kind === 'null' || (value.kind === this.kind && holds(value as V)),
    );
  }

  leaf(read: (value: V) => Expr, absent: Expr = NULL): Expr {
    return this.pick(this.values.map((value) => (value.kind === this.kind ? read(value as V) : absent)));
  }

  part(read: (value: V) => Value): Value {
    const parts = this.values.map((value) => (value.kind === this.kind ? read(value as V) : NULL_VALUE));
    return combineValues(parts, this.pick);
  }
}

type Combination<V extends Value> = (first: V, parts: Parts<V>) => Value;

const combinations: {
  [K in Exclude<Combinable['kind'], 'choice'>]: Combination<Extract<Value, { kind: K }>>;
} = {
  scalar: (first, parts) => {
    const types = new Set(parts.present.map(({ type }) => type));
    const type = types.has('Decimal') ? 'Decimal' : types.has('Long') ? 'Long' : first.type;
    return {
      kind: 'scalar',
      type,
      expr: parts.leaf((value) => convertScalar(value.expr, value.type, type)),
    };
  },
  temporal: ({ type }, parts) => {
    const exact = parts.all((value) => value.lo === value.hi);
    const lo = parts.leaf((value) => value.lo);
    const hi = exact ? lo : parts.leaf((value) => value.hi);
    const zoned = parts.present.some(({ zone }) => zone);
    if (!zoned) return { kind: 'temporal', type, lo, hi };
    return { kind: 'temporal', type, lo, hi, zone: parts.leaf(({ zone }) => zone ?? UTC) };
  },
  uncertain: (_, parts) => ({
    kind: 'uncertain',
    lo: parts.leaf((value) => value.lo),
    hi: parts.leaf((value) => value.hi),
  }),
  quantity: ({ unit }, parts) => {
    // Where there is no value the unit says nothing: a unit that all have needs no CASE.
    const common = isLiteral(unit) && parts.all((value) => sameExpr(value.unit, unit));
    return {
      kind: 'quantity',
      value: parts.leaf(({ value }) => value),
      unit: common ? unit : parts.leaf((value) => value.unit),
    };
  },
  ratio: (_, parts) => ({
    kind: 'ratio',
    numerator: parts.part((value) => value.numerator) as QuantityValue,
    denominator: parts.part((value) => value.denominator) as QuantityValue,
  }),
  interval: (_, parts) => ({
    kind: 'interval',
    low: parts.part((value) => value.low),
    high: parts.part((value) => value.high),
    lowClosed: parts.leaf((value) => value.lowClosed),
    highClosed: parts.leaf((value) => value.highClosed),
    isNull: parts.leaf((value) => value.isNull, TRUE),
  }),
  systemCode: (_, parts) => ({
    kind: 'systemCode',
    system: parts.leaf((value) => value.system),
    code: parts.leaf((value) => value.code),
    version: parts.leaf((value) => value.version),
    display: parts.leaf((value) => value.display),
  }),
  concept: ({ coding }, parts) => ({
    kind: 'concept',
    coding,
    key: parts.leaf((value) => value.key),
    get: (element) =>
      parts.part(({ get }) => {
        if (!get) throw new Unsupported(`element ${element} of a computed concept`);
        return get(element);
      }),
  }),
  conceptList: ({ coding }, parts) => ({
    kind: 'conceptList',
    coding,
    key: parts.leaf((value) => value.key),
  }),
  tuple: ({ typeName: name }, parts) => {
    const fields = new Set(parts.present.flatMap((value) => [...value.fields.keys()]));
    return {
      kind: 'tuple',
      typeName: name,
      fields: new Map(
        [...fields].map((field) => [field, parts.part((value) => value.fields.get(field) ?? NULL_VALUE)]),
      ),
      isNull: parts.leaf((value) => value.isNull, TRUE),
    };
  },
  fhir: (first, parts) => {
    const isResource = parts.all(({ rid }) => rid !== undefined);
    const isPacked = parts.all(({ packed }) => packed !== undefined);
    return {
      kind: 'fhir',
      type: first.type,
      rid: isResource ? parts.leaf(({ rid }) => rid!) : undefined,
      packed: isPacked ? parts.leaf(({ packed }) => packed!) : undefined,
      demand: isPacked && parts.all((value) => samePath(value, first)) ? first.demand : undefined,
      isNull: parts.leaf((value) => value.isNull, TRUE),
      get: (element) => parts.part((value) => value.get(element)),
    };
  },
  sqlList: (_, parts) => ({
    kind: 'sqlList',
    element: parts.present.map(({ element }) => element).reduce(joinShapes),
    list: parts.leaf((value) => value.list),
  }),
  codes: sameConstant,
  valueSet: sameConstant,
  relation: () => {
    throw new Defect('rows are combined as a union, not leaf by leaf');
  },
};

function sameConstant<V extends Value>(first: V, parts: Parts<V>): Value {
  if (parts.all((value) => JSON.stringify(value) === JSON.stringify(first))) return first;
  throw new Unsupported('a conditional over different value sets or concepts');
}

function combineAlternatives(values: Value[], present: Value[], pick: Pick): Value {
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
function samePath(a: FhirValue, b: FhirValue): boolean {
  return JSON.stringify(a.demand) === JSON.stringify(b.demand);
}

function family(value: Value): string {
  return value.kind === 'scalar' ? scalarFamily(value.type) : typeName(value);
}

function scalarFamily(type: string): string {
  return type === 'Long' || type === 'Decimal' ? 'Integer' : type;
}
