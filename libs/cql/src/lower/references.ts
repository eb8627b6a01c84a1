import type { ElmNode, ExpressionDef, Library } from '@catchment/elm';
import { findElement } from '@catchment/fhir';
import { NULL, call, caseWhen, column, field, isNull, struct, type Expr } from '../plan/expression';
import { coalesceValues } from '../value/combine';
import { mapValue } from '../value/structure';
import { NULL_VALUE, type LiteralCode, type Value } from '../value/value';
import { callOnce } from './calls';
import { diagnostic, joinDictionary, joinPatientDefine, unsupported, type Context } from './context';
import { defineOf, defineRows } from './defines';
import { intrinsic } from './intrinsics';
import { lower, operands, type Operators } from './operators';
import { asInterval, isInterval } from './intervals';
import { freshRelation, isList } from './relation';
import { findRepeats } from './repeats';

function libraryOf(node: ElmNode, context: Context): Library {
  const name = node.libraryName as string | undefined;
  if (!name) return context.library;
  const library = context.library.includes.get(name);
  if (!library) throw diagnostic(context, node, `no included library is called ${name}`);
  return library;
}

/** A name in scope; rows are copied, because whoever uses rows may change them. */
function inScope(name: string, node: ElmNode, context: Context): Value {
  const value = context.scope.get(name);
  if (!value) throw diagnostic(context, node, `nothing is called ${name} here`);
  return value.kind === 'relation' ? freshRelation(value) : value;
}

function literalCode(library: Library, name: string, node: ElmNode, context: Context): LiteralCode {
  const code = library.codes.get(name);
  if (!code) throw diagnostic(context, node, `library ${library.id} has no code "${name}"`);
  const owner = code.codeSystem.libraryName ? library.includes.get(code.codeSystem.libraryName) : library;
  const system = owner?.codeSystems.get(code.codeSystem.name);
  if (!system)
    throw diagnostic(context, node, `code "${name}" names an unknown code system ${code.codeSystem.name}`);
  return { system: system, code: code.id, display: code.display };
}

/** The function that a call means: by name and number of operands, then by the signature that the translator wrote. */
function findFunction(library: Library, name: string, node: ElmNode, context: Context): ExpressionDef {
  const count = operands(node).length;
  const candidates = (library.functions.get(name) ?? []).filter(
    (candidate) => (candidate.operand ?? []).length === count,
  );
  if (candidates.length === 0)
    throw diagnostic(context, node, `library ${library.id} has no function ${name} of ${count} operands`);
  if (candidates.length === 1) return candidates[0]!;
  const signature = signatureOf(node, () => node.signature);
  const exact = candidates.find((candidate) => {
    const types = () => candidate.operand!.map((operand) => operand.operandTypeSpecifier);
    return signatureOf(candidate, types) === signature;
  });
  if (!exact)
    throw diagnostic(context, node, `the call of ${name} fits no overload of library ${library.id}`);
  return exact;
}

/** Calls are inlined many times, and what was parsed does not change. */
const signatures = new WeakMap<object, string>();

/** The types of the operands of a call or definition as a text, equal for those that fit. */
function signatureOf(of: object, types: () => unknown): string {
  const known = signatures.get(of);
  if (known !== undefined) return known;
  const signature = JSON.stringify(withoutPositions(types()) ?? null);
  signatures.set(of, signature);
  return signature;
}

/** Type specifiers carry localIds and annotations, which differ between a call and a definition. */
function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          ![
            'localId',
            'locator',
            'annotation',
            'resultTypeName',
            'resultTypeSpecifier',
            'signature',
          ].includes(key),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, withoutPositions(inner)]),
  );
}

/** Elements, tuple fields and parts of System values. */
export function property(value: Value, path: string, node: ElmNode, context: Context): Value {
  const [head, ...rest] = path.split('.');
  const next = singleProperty(value, head!, node, context);
  return rest.length > 0 ? property(next, rest.join('.'), node, context) : next;
}

function singleProperty(value: Value, name: string, node: ElmNode, context: Context): Value {
  const found = elementOf(value, name, node, context);
  if (!found) throw unsupported(context, node, `element ${name} of a ${value.kind}`);
  return found;
}

/** Undefined where values of the kind have no such element: of a choice one alternative has it, and dozens have not. */
function elementOf(value: Value, name: string, node: ElmNode, context: Context): Value | undefined {
  switch (value.kind) {
    case 'null':
      return value;
    case 'tuple': {
      const found = value.fields.get(name);
      if (found) return found;
      if (value.typeName) return NULL_VALUE;
      throw diagnostic(context, node, `the tuple has no element ${name}`);
    }
    case 'fhir':
      return value.get(name);
    case 'interval':
      if (name === 'low') return value.low;
      if (name === 'high') return value.high;
      if (name === 'lowClosed') return { kind: 'scalar', type: 'Boolean', expr: value.lowClosed };
      if (name === 'highClosed') return { kind: 'scalar', type: 'Boolean', expr: value.highClosed };
      break;
    case 'quantity':
      if (name === 'value') return { kind: 'scalar', type: 'Decimal', expr: value.value };
      if (name === 'unit' || name === 'code') {
        const unit = caseWhen([{ when: isNull(value.value), then: NULL }], value.unit);
        return { kind: 'scalar', type: 'String', expr: unit };
      }
      break;
    case 'ratio':
      if (name === 'numerator') return value.numerator;
      if (name === 'denominator') return value.denominator;
      break;
    case 'systemCode':
      if (name === 'code' || name === 'system' || name === 'version' || name === 'display') {
        return { kind: 'scalar', type: 'String', expr: value[name] };
      }
      break;
    case 'concept':
      return conceptProperty(value, name, context);
    case 'codes': {
      const code = value.codes[0];
      if (value.codes.length === 1 && code && (name === 'code' || name === 'system' || name === 'display')) {
        const text = code[name];
        return text === undefined
          ? NULL_VALUE
          : {
              kind: 'scalar',
              type: 'String',
              expr: { op: 'literal', sql: `'${text.replaceAll("'", "''")}'`, value: text },
            };
      }
      break;
    }
    case 'scalar':
    case 'temporal':
      // FHIR primitives are held as their value.
      if (name === 'value') return value;
      break;
    case 'choice': {
      const found = value.alternatives.flatMap((alternative) => {
        const of = alternative.value;
        if (of.kind === 'fhir' && !findElement(of.type, name)) return [];
        try {
          return elementOf(of, name, node, context) ?? [];
        } catch {
          return [];
        }
      });
      if (found.length > 0) return found.length === 1 ? found[0]! : coalesceValues(found);
      break;
    }
    default:
      break;
  }
  return name === 'value' && isInterval(value) ? asInterval(value) : undefined;
}

function conceptProperty(
  value: Extract<Value, { kind: 'concept' }>,
  name: string,
  context: Context,
): Value | undefined {
  if (value.coding && (name === 'code' || name === 'system')) {
    const dictionary = joinDictionary(context, 'concept', value.key);
    return {
      kind: 'scalar',
      type: 'String',
      expr: {
        op: 'field',
        struct: {
          op: 'call',
          fn: 'element',
          args: [column(dictionary, 'codings'), { op: 'literal', sql: '1', value: 1 }],
        },
        name,
      },
    };
  }
  if (name === 'coding' || name === 'codes') {
    const codings = column(joinDictionary(context, 'concept', value.key), 'codings');
    const variable = { op: 'variable', name: context.session.variable() } as const;
    const code = struct([
      ['system', field(variable, 'system')],
      ['code', field(variable, 'code')],
      ['version', call('to string', NULL)],
      ['display', call('to string', NULL)],
    ]);
    const list: Expr = {
      op: 'lambda',
      fn: 'transform',
      list: codings,
      variables: [variable.name],
      body: code,
    };
    return { kind: 'sqlList', list, element: { kind: 'systemCode' } };
  }
  return value.get?.(name);
}

/** ELM chapters 2, 9 and 11: references and property access. */
export const referenceOperators: Operators = {
  // 9.1 ExpressionRef
  ExpressionRef: (node, context) => {
    const library = libraryOf(node, context);
    const definition = library.expressions.get(String(node.name));
    if (!definition)
      throw diagnostic(context, node, `library ${library.id} has no define "${String(node.name)}"`);
    const result = defineOf(library, definition, context.session);
    switch (result.kind) {
      case 'inline':
        return result.value;
      case 'list':
        return defineRows(result);
      case 'patient': {
        const { table, value } = result;
        const source = joinPatientDefine(context, table);
        return mapValue(value, (expr) => table.block.output(expr, source));
      }
    }
  },
  // 9.2 FunctionRef: calls are inlined
  FunctionRef: (node, context) => {
    const library = libraryOf(node, context);
    const name = String(node.name);
    const given = operands(node).map((operand) => lower(operand, context));
    const replaced = intrinsic(library.id, name, given, node, context);
    if (replaced) return replaced;
    const definition = findFunction(library, name, node, context);
    const { expression } = definition;
    if (!expression) throw unsupported(context, node, `external function ${library.id}.${name}`);
    findRepeats(expression);
    const scope = new Map(definition.operand!.map((operand, index) => [operand.name, given[index]!]));
    return callOnce(definition, given, context, (home) =>
      lower(expression, { ...home, library, scope, sortRow: undefined }),
    );
  },
  OperandRef: (node, context) => inScope(String(node.name), node, context),
  AliasRef: (node, context) => inScope(String(node.name), node, context),
  QueryLetRef: (node, context) => inScope(String(node.name), node, context),
  // In a sort clause a plain identifier is an element of the row.
  IdentifierRef: (node, context) => {
    const name = String(node.name);
    if (context.scope.has(name)) return inScope(name, node, context);
    if (!context.sortRow) throw diagnostic(context, node, `nothing is called ${name} here`);
    if (name === '$this') return context.sortRow;
    return property(context.sortRow, name, node, context);
  },
  ParameterRef: (node, context) => {
    const name = String(node.name);
    const bound = context.session.parameters.get(name);
    if (bound) return bound;
    const library = libraryOf(node, context);
    const definition = library.parameters.get(name);
    if (!definition?.default) throw diagnostic(context, node, `parameter "${name}" has no value`);
    return lower(definition.default, { ...context, library, scope: new Map() });
  },
  // 11.1 Property(path, source | scope)
  Property: (node, context) => {
    const owner = node.source
      ? lower(node.source as ElmNode, context)
      : inScope(String(node.scope), node, context);
    const path = String(node.path);
    if (isList(owner) && owner.kind !== 'conceptList') {
      throw unsupported(context, node, `element ${path} of a list`);
    }
    return property(owner, path, node, context);
  },
  // 3.x terminology references
  ValueSetRef: (node, context) => {
    const library = libraryOf(node, context);
    const definition = library.valueSets.get(String(node.name));
    if (!definition)
      throw diagnostic(context, node, `library ${library.id} has no value set "${String(node.name)}"`);
    return { kind: 'valueSet', canonical: definition.id, version: definition.version, name: definition.name };
  },
  CodeRef: (node, context) => {
    const code = literalCode(libraryOf(node, context), String(node.name), node, context);
    return { kind: 'codes', codes: [code], name: String(node.name), concept: false };
  },
  ConceptRef: (node, context) => {
    const library = libraryOf(node, context);
    const definition = library.concepts.get(String(node.name));
    if (!definition)
      throw diagnostic(context, node, `library ${library.id} has no concept "${String(node.name)}"`);
    const codes = definition.code.map((code) => {
      const owner = code.libraryName ? library.includes.get(code.libraryName)! : library;
      return literalCode(owner, code.name, node, context);
    });
    return { kind: 'codes', codes, name: definition.name, concept: true };
  },
};
