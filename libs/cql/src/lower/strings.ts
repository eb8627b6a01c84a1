import type { ElmNode } from '@catchment/elm';
import { NULL, call, integer, isLiteral, isNullLiteral, strict, text, type Expr } from '../plan/expression';
import { NULL_VALUE, type ScalarType, type SqlListValue, type Value } from '../value/value';
import { diagnostic, type Context } from './context';
import { lower, operands, type Lowering, type Operators } from './operators';
import { isList, toSqlList } from './relation';
import { scalarOf } from './types';

/** The named operand as a String; null when it is absent or null. */
function textOf(node: ElmNode | undefined, context: Context): Expr {
  return node ? scalarOf(lower(node, context), node, context).expr : NULL;
}

function named(node: ElmNode, name: string, context: Context): Expr {
  return textOf(node[name] as ElmNode | undefined, context);
}

function scalar(type: ScalarType, expr: Expr): Value {
  return { kind: 'scalar', type, expr };
}

/** A function of Strings that is null when any of them is null. */
function ofTexts(fn: string, type: ScalarType): Lowering {
  return (node, context) =>
    scalar(type, strict(fn, ...operands(node).map((operand) => textOf(operand, context))));
}

/** A pattern that is no regular expression is the author's mistake; of patterns only literals can be checked. */
function pattern(expr: Expr, node: ElmNode, context: Context): Expr {
  if (isLiteral(expr) && typeof expr.value === 'string') {
    try {
      new RegExp(expr.value);
    } catch {
      throw diagnostic(context, node, `'${expr.value}' is no regular expression`);
    }
  }
  return expr;
}

/** CQL writes `\$` for a dollar sign and `$1` for a group, RE2 `$` and `\1`. */
function replacement(expr: Expr): Expr {
  if (!isLiteral(expr) || typeof expr.value !== 'string') return expr;
  return text(
    expr.value.replace(/\\\$|\$(\d)/g, (match, group: string | undefined) =>
      group ? `\\${group}` : match.slice(1),
    ),
  );
}

function listOfTexts(list: Expr): SqlListValue {
  return { kind: 'sqlList', list, element: { kind: 'scalar', type: 'String' } };
}

/** ELM chapter 17: strings. Positions count from 0; a null operand gives null unless said otherwise. */
export const stringOperators: Operators = {
  // 17.1 Combine(source, separator): null elements are left out; null for a list without any
  Combine: (node, context) => {
    const source = lower(node.source as ElmNode, context);
    if (source.kind === 'null') return source;
    const separator = node.separator ? named(node, 'separator', context) : text('');
    const list = toSqlList(source, context);
    if (list.element.kind === 'null') return NULL_VALUE;
    return scalar('String', strict('combine', list.list, separator));
  },
  // 17.2 Concatenate
  Concatenate: (node, context) => {
    const parts = operands(node).map((operand) => textOf(operand, context));
    return scalar(
      'String',
      parts.some(isNullLiteral) ? NULL : parts.reduce((left, right) => call('||', left, right)),
    );
  },
  // 17.3 EndsWith, 17.14 StartsWith
  EndsWith: ofTexts('ends with', 'Boolean'),
  StartsWith: ofTexts('starts with', 'Boolean'),
  // 17.5 LastPositionOf(pattern, string), 17.9 PositionOf: -1 when absent
  LastPositionOf: (node, context) =>
    scalar(
      'Integer',
      strict('last position', named(node, 'string', context), named(node, 'pattern', context)),
    ),
  PositionOf: (node, context) =>
    scalar('Integer', strict('position', named(node, 'string', context), named(node, 'pattern', context))),
  // 17.6 Length(String), 20.17 Length(List): of a null list 0
  Length: (node, context) => {
    const value = lower(operands(node)[0], context);
    if (isList(value))
      return scalar(
        'Integer',
        call('coalesce', call('list length', toSqlList(value, context).list), integer(0)),
      );
    if (value.kind === 'null') return isListOperand(node) ? scalar('Integer', integer(0)) : value;
    return scalar('Integer', strict('string length', scalarOf(value, node, context).expr));
  },
  // 17.7 Lower, 17.18 Upper
  Lower: ofTexts('lower', 'String'),
  Upper: ofTexts('upper', 'String'),
  // 17.8 Matches: the whole string
  Matches: (node, context) => {
    const [source, expression] = operands(node).map((operand) => textOf(operand, context));
    return scalar('Boolean', strict('matches', source!, pattern(expression!, node, context)));
  },
  // 17.10 ReplaceMatches
  ReplaceMatches: (node, context) => {
    const [source, expression, substitute] = operands(node).map((operand) => textOf(operand, context));
    return scalar(
      'String',
      strict('replace matches', source!, pattern(expression!, node, context), replacement(substitute!)),
    );
  },
  // 17.12 Split(stringToSplit, separator): the whole string when the separator is null
  Split: (node, context) => {
    const [source, separator] = [named(node, 'stringToSplit', context), named(node, 'separator', context)];
    if (isNullLiteral(source)) return NULL_VALUE;
    return listOfTexts(isNullLiteral(separator) ? call('list', source) : call('split', source, separator));
  },
  // 17.13 SplitOnMatches(stringToSplit, separatorPattern)
  SplitOnMatches: (node, context) => {
    const [source, expression] = [
      named(node, 'stringToSplit', context),
      named(node, 'separatorPattern', context),
    ];
    if (isNullLiteral(source)) return NULL_VALUE;
    return listOfTexts(
      isNullLiteral(expression)
        ? call('list', source)
        : call('split on matches', source, pattern(expression, node, context)),
    );
  },
  // 17.16 Substring(stringToSub, startIndex, length): null when it starts outside the string
  Substring: (node, context) => {
    const parts = ['stringToSub', 'startIndex', ...(node.length ? ['length'] : [])].map((name) =>
      named(node, name, context),
    );
    return scalar(
      'String',
      strict('substring from', ...parts, ...(node.length ? [] : [integer(2147483647)])),
    );
  },
};

function isListOperand(node: ElmNode): boolean {
  const operand = operands(node)[0];
  const specifier =
    operand?.resultTypeSpecifier ?? (operand?.asTypeSpecifier as ElmNode['resultTypeSpecifier']);
  return specifier?.type === 'ListTypeSpecifier';
}
