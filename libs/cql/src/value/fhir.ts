import {
  addDemand,
  choiceProperty,
  elementFact,
  findElement,
  normalForm,
  shapeOf,
  type Demand,
  type ElementFact,
  type ElementFacts,
} from '@catchment/fhir';
import { Unsupported } from '@catchment/platform';
import { NULL, column, datePart, field, isNull, isNullLiteral, type Expr } from '../plan/expression';
import type { Source } from '../plan/block';
import { LazyAlternative } from './alternative';
import {
  NULL_VALUE,
  type DemandPath,
  type FhirValue,
  type ScalarType,
  type Shape,
  type Value,
} from './value';

/**
 * FHIR elements as values over warehouse columns in their normal forms (docs/data-model.md).
 * Every element that is read is recorded in the demand.
 */
export class FhirElements {
  /**
   * @param facts of the stored data: an element that no resource has is null, a date that is always exact has one bound
   */
  constructor(
    readonly demand: Demand,
    private readonly facts: ElementFacts,
  ) {}

  /** Is no resource of the type stored? */
  isAbsent(resourceType: string): boolean {
    return this.fact({ resourceType, path: [] })?.absent ?? false;
  }

  /** Does an id tell the resources of a type and patient apart? */
  hasUniqueIds(resourceType: string): boolean {
    return this.fact({ resourceType, path: ['id'] })?.uniqueId ?? false;
  }

  /** A row of a typed table. */
  resource(resourceType: string, source: Source): FhirValue {
    const rid = column(source, 'rid');
    addDemand(this.demand, resourceType, []);
    return {
      kind: 'fhir',
      type: resourceType,
      isNull: source.join === 'left' ? isNull(rid) : { op: 'literal', sql: 'false', value: false },
      rid,
      get: (element) =>
        this.child(resourceType, element, { resourceType, path: [] }, (name) => column(source, name)),
    };
  }

  /** A value of a FHIR type that is held in one SQL value. */
  value(type: string, list: boolean, expr: Expr, demand: DemandPath): Value {
    const form = normalForm(type);
    if (form === 'concept') {
      addDemand(this.demand, demand.resourceType, demand.path);
      const key = isNullLiteral(expr) ? typedNull('ubigint') : expr;
      return list
        ? { kind: 'conceptList', key, coding: type === 'Coding' }
        : { kind: 'concept', key, coding: type === 'Coding' };
    }
    if (list) {
      addDemand(this.demand, demand.resourceType, demand.path);
      if (isNullLiteral(expr)) return NULL_VALUE;
      return { kind: 'sqlList', list: expr, element: elementShape(type, demand) };
    }
    if (form === 'struct') {
      // A struct is kept when something of it is asked for; whether it is there can be asked of any.
      addDemand(this.demand, demand.resourceType, [...demand.path, 'id']);
      return {
        kind: 'fhir',
        type: shapeOf(type),
        isNull: isNull(expr),
        packed: expr,
        demand,
        get: (element) => this.child(type, element, demand, (name) => field(expr, name)),
      };
    }
    addDemand(this.demand, demand.resourceType, demand.path);
    return primitive(form, expr, this.fact(demand));
  }

  private fact({ resourceType, path }: DemandPath): ElementFact | undefined {
    return elementFact(this.facts, resourceType, path);
  }

  private child(type: string, name: string, demand: DemandPath, readAny: (name: string) => Expr): Value {
    const found = findElement(shapeOf(type), name);
    if (!found) throw new Unsupported(`element ${type}.${name}`);
    const at = (property: string): DemandPath => ({
      resourceType: demand.resourceType,
      path: [...demand.path, property],
    });
    const read = (property: string, path: DemandPath): Expr =>
      this.fact(path)?.absent ? NULL : readAny(property);
    if (found.choice) {
      if (found.list) throw new Unsupported(`list-valued choice element ${type}.${name}`);
      const build = (alternative: string): Value => {
        const property = choiceProperty(name, alternative);
        const path = at(property);
        return this.value(alternative, false, read(property, path), path);
      };
      return { kind: 'choice', alternatives: found.types.map((type) => new LazyAlternative(type, build)) };
    }
    const elementType = found.types[0]!;
    const own = at(name);
    const value = this.value(elementType, found.list, read(name, own), own);
    if (value.kind !== 'concept') return value;
    return {
      ...value,
      get: (sibling) => {
        const inner = findElement(elementType, sibling);
        if (!inner || inner.choice) throw new Unsupported(`element ${type}.${name}.${sibling}`);
        const path = { resourceType: demand.resourceType, path: [...demand.path, name, sibling] };
        const absent = this.fact(path)?.absent;
        return this.value(inner.types[0]!, inner.list, absent ? NULL : readAny(`${name}.${sibling}`), path);
      },
    };
  }
}

/** Shape of one element of a list of a FHIR type. */
export function elementShape(type: string, demand: DemandPath): Shape {
  const form = normalForm(type);
  switch (form) {
    case 'struct':
      return { kind: 'element', type: shapeOf(type), demand };
    case 'concept':
      return { kind: 'concept', coding: type === 'Coding' };
    case 'date':
      return { kind: 'temporal', type: 'Date' };
    case 'dateTime':
      return { kind: 'temporal', type: 'DateTime' };
    case 'time':
      return { kind: 'temporal', type: 'Time' };
    case 'boolean':
      return { kind: 'scalar', type: 'Boolean' };
    case 'integer':
      return { kind: 'scalar', type: 'Integer' };
    case 'decimal':
      return { kind: 'scalar', type: 'Decimal' };
    case 'string':
      return { kind: 'scalar', type: 'String' };
  }
}

function primitive(
  form: Exclude<ReturnType<typeof normalForm>, 'concept' | 'struct'>,
  expr: Expr,
  fact: ElementFact | undefined,
): Value {
  const absent = isNullLiteral(expr);
  const scalar = (type: ScalarType, sqlType: string): Value => ({
    kind: 'scalar',
    type,
    expr: absent ? typedNull(sqlType) : expr,
  });
  const lo = absent ? typedNull('timestamp') : datePart(expr, 'lo');
  const bounds = { lo, hi: absent || fact?.exact ? lo : datePart(expr, 'hi', fact?.daily || undefined) };
  switch (form) {
    case 'boolean':
      return scalar('Boolean', 'boolean');
    case 'integer':
      return scalar('Integer', 'integer');
    case 'decimal':
      return scalar('Decimal', 'decimal(28, 8)');
    case 'string':
      return scalar('String', 'varchar');
    case 'date':
      return { kind: 'temporal', type: 'Date', ...bounds };
    case 'dateTime':
      return {
        kind: 'temporal',
        type: 'DateTime',
        ...bounds,
        ...(!absent && !fact?.utc && { zone: datePart(expr, 'zone') }),
      };
    case 'time':
      return { kind: 'temporal', type: 'Time', ...bounds };
  }
}

/** Null of a type: a column of untyped nulls could not be compared later. */
function typedNull(type: string): Expr {
  return { op: 'literal', sql: `cast(null as ${type})`, value: null };
}
