import type { ElmNode } from '@catchment/elm';
import { FALSE, NULL, call, isFalse, isLiteral, isNullLiteral, type Expr } from '../plan/expression';
import { mapValue } from '../value/structure';
import { unsupported, type Context } from './context';
import { failWhere } from './failures';
import { booleanOf } from './logical';
import { lower, type Operators } from './operators';
import { isList, toSqlList } from './relation';

function literalText(node: ElmNode | undefined, context: Context): string | undefined {
  if (!node) return undefined;
  const value = lower(node, context);
  return value.kind === 'scalar' && isLiteral(value.expr) && typeof value.expr.value === 'string'
    ? value.expr.value
    : undefined;
}

/** ELM chapter 24: errors and messages. */
export const messageOperators: Operators = {
  /**
   * 24.1 Message(source, condition, code, severity, message): gives the source. Severity Error is a failure
   * where the condition is true; other messages go nowhere, because a set-based run has no log per patient.
   */
  Message: (node, context) => {
    const source = lower(node.source as ElmNode, context);
    const severity = literalText(node.severity as ElmNode | undefined, context);
    const condition = node.condition ? booleanOf(lower(node.condition as ElmNode, context)) : FALSE;
    if (isFalse(condition) || isNullLiteral(condition)) return source;
    if (severity === undefined) throw unsupported(context, node, 'a message of a computed severity');
    if (severity.toLowerCase() !== 'error') return source;
    // Only texts of the CQL are shown: a computed message may hold data of a patient.
    const code = literalText(node.code as ElmNode | undefined, context);
    const message =
      literalText(node.message as ElmNode | undefined, context) ?? 'a message that the CQL computes';
    const reason = code ? `${code}: ${message}` : message;
    const failing = (expr: Expr): Expr => failWhere(call('is true', condition), reason, expr, node, context);
    if (source.kind === 'null') return { kind: 'scalar', type: 'String', expr: failing(NULL) };
    return mapValue(isList(source) ? toSqlList(source, context) : source, failing);
  },
};
