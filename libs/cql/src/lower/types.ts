import type { ElmNode, TypeSpecifier } from '@catchment/elm';
import { isFhirType, isResourceType } from '@catchment/fhir';
import { FALSE, NULL, not, or, type Expr } from '../plan/expression';
import { chooseValue } from '../value/combine';
import { LazyAlternative } from '../value/alternative';
import { typeName } from '../value/shape';
import { valueIsNull } from '../value/structure';
import { NULL_VALUE, type ScalarType, type Value } from '../value/value';
import { unsupported, type Context } from './context';
import { boolean } from './logical';
import { lower, operands, unary, type Operators } from './operators';
import { fhirQuantity, periodInterval, rangeInterval } from './points';
import { certain } from './temporal';

/** A type's name without its model: `Interval<DateTime>`, `CodeableConcept`, `List<…>`. */
export function specifierName(specifier: TypeSpecifier): string {
  switch (specifier.type) {
    case 'NamedTypeSpecifier':
      return specifier.name.slice(specifier.name.indexOf('}') + 1);
    case 'IntervalTypeSpecifier':
      return `Interval<${specifierName(specifier.pointType)}>`;
    case 'ListTypeSpecifier':
      return 'List';
    case 'ChoiceTypeSpecifier':
      return 'Choice';
    case 'TupleTypeSpecifier':
      return 'Tuple';
  }
}

const systemNames: Record<string, string> = {
  boolean: 'Boolean',
  integer: 'Integer',
  positiveInt: 'Integer',
  unsignedInt: 'Integer',
  decimal: 'Decimal',
  string: 'String',
  code: 'String',
  uri: 'String',
  url: 'String',
  canonical: 'String',
  id: 'String',
  markdown: 'String',
  dateTime: 'DateTime',
  instant: 'DateTime',
  date: 'Date',
  time: 'Time',
  CodeableConcept: 'Concept',
  Coding: 'Code',
  Age: 'Quantity',
  Duration: 'Quantity',
  Period: 'Interval<DateTime>',
};

/** FHIR and System names of one thing are the same name here. */
function canonicalType(name: string): string {
  return systemNames[name] ?? name;
}

/** The alternatives of a value that have a type. */
function ofType(value: Value, name: string): Value[] {
  const alternatives = value.kind === 'choice' ? value.alternatives : [{ type: typeName(value), value }];
  const exact = alternatives.filter((alternative) => alternative.type === name);
  const matching =
    exact.length > 0
      ? exact
      : alternatives.filter((alternative) => canonicalType(alternative.type) === canonicalType(name));
  return matching.map((alternative) => alternative.value);
}

/** The type that a cast or test names, with a specifier or without. */
function targetType(specifier: unknown, name: unknown): TypeSpecifier {
  return specifier ? (specifier as TypeSpecifier) : { type: 'NamedTypeSpecifier', name: String(name) };
}

/** Types that a cast to leaves as they are. */
const uncast = new Set(['Any', 'Choice', 'List', 'Tuple', 'Resource', 'DomainResource', 'Vocabulary']);

/** 22.1 As: the value where it has the type, null otherwise. Lists and choices stay as they are. */
export function castTo(value: Value, specifier: TypeSpecifier): Value {
  if (value.kind === 'null') return value;
  const name = specifierName(specifier);
  if (uncast.has(name)) return value;
  const found = ofType(value, name);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    return chooseValue(
      found.slice(0, -1).map((then) => ({ when: not(valueIsNull(then)), then })),
      found.at(-1)!,
    );
  }
  // A concept may be held as a choice of codes; intervals of unknown point type take any point type.
  if (value.kind === 'interval' && name.startsWith('Interval<') && typeName(value).includes('null'))
    return value;
  if (isOfModel(name) && isNoResource(value)) return value;
  return NULL_VALUE;
}

const systemTypes =
  'Boolean Integer Long Decimal String DateTime Date Time Quantity Ratio Code Concept'.split(' ');

/**
 * Models name types that neither FHIR nor CQL has, for the codes of one element (`EncounterStatus`) or for what an
 * extension holds (`NotDoneRecorded` of QI-Core 4): such a name says nothing about a value that goes by another.
 */
function isOfModel(name: string): boolean {
  return !isFhirType(name) && !systemTypes.includes(name) && !name.startsWith('Interval<');
}

function isNoResource(value: Value): boolean {
  if (value.kind === 'choice') return !value.alternatives.some(({ type }) => isResourceType(type));
  return ['scalar', 'temporal', 'concept', 'quantity'].includes(value.kind);
}

function isOfType(value: Value, specifier: TypeSpecifier): Expr {
  const name = specifierName(specifier);
  if (value.kind === 'null') return FALSE;
  if (name === 'List' || name === 'Any' || name === 'Tuple') return not(valueIsNull(value));
  return or(...ofType(value, name).map((found) => not(valueIsNull(found))));
}

/** ToConcept, FHIRHelpers.ToCode …: codes and concepts are one kind of value here. */
function toConcept(value: Value, node: ElmNode, context: Context): Value {
  switch (value.kind) {
    case 'null':
    case 'concept':
    case 'conceptList':
    case 'codes':
    case 'systemCode':
      return value;
    case 'choice': {
      const found = [...ofType(value, 'CodeableConcept'), ...ofType(value, 'Coding')];
      return found[0] ?? NULL_VALUE;
    }
    default:
      throw unsupported(context, node, `ToConcept of a ${value.kind}`);
  }
}

export function scalarOf(
  value: Value,
  node: ElmNode,
  context: Context,
): { type: ScalarType | undefined; expr: Expr } {
  if (value.kind === 'null') return { type: undefined, expr: NULL };
  if (value.kind === 'scalar') return { type: value.type, expr: value.expr };
  if (value.kind === 'uncertain') return { type: 'Integer', expr: certain(value) };
  if (value.kind === 'choice') {
    const scalars = value.alternatives.filter(
      (alternative) => canonicalType(alternative.type) in { Boolean: 1, Integer: 1, Decimal: 1, String: 1 },
    );
    if (scalars.length === 1) return scalarOf(scalars[0]!.value, node, context);
  }
  throw unsupported(context, node, `a ${value.kind} where a single value is expected`);
}

/** A FHIR choice element as a choice of System types (QI-Core's FHIRHelpers.ToValue). */
export function toSystemValue(value: Value): Value {
  switch (value.kind) {
    case 'choice':
      return {
        kind: 'choice',
        alternatives: value.alternatives.map(
          (alternative) =>
            new LazyAlternative(
              alternative.type === 'Range' ? 'Interval<Quantity>' : canonicalType(alternative.type),
              () => toSystemValue(alternative.value),
            ),
        ),
      };
    case 'fhir':
      if (value.type === 'Quantity') return fhirQuantity(value);
      if (value.type === 'Period') return periodInterval(value);
      if (value.type === 'Range') return rangeInterval(value);
      return value;
    default:
      return value;
  }
}

/** ELM chapter 22: type operators. */
export const typeOperators: Operators = {
  // 22.1 As(argument, type)
  As: unary((value, node) => castTo(value, targetType(node.asTypeSpecifier, node.asType))),
  // 22.16 Is(argument, type): false when null
  Is: unary((value, node) => boolean(isOfType(value, targetType(node.isTypeSpecifier, node.isType)))),
  // 22.21 ToConcept(Code)
  ToConcept: unary(toConcept),
  // 22.25 ToList(argument): a list of one; an empty list when null
  ToList: (node, context) => {
    const value = lower(operands(node)[0], context);
    return value.kind === 'null' ? { kind: 'items', items: [] } : { kind: 'items', items: [value] };
  },
};
