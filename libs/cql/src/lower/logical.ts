import { Unsupported } from '@catchment/platform';
import { FALSE, NULL, TRUE, and, call, isNullLiteral, not, or, type Expr } from '../plan/expression';
import { valueIsNull } from '../value/structure';
import type { Value } from '../value/value';
import { isFalse, isTrue } from '../plan/expression';
import { binary, unary, type Operators } from './operators';

/** The expression of a Boolean; an untyped null is an unknown Boolean. */
export function booleanOf(value: Value): Expr {
  if (value.kind === 'scalar' && value.type === 'Boolean') return value.expr;
  if (value.kind === 'null') return NULL;
  if (value.kind === 'choice') {
    const found = value.alternatives.find((alternative) => alternative.type.toLowerCase() === 'boolean');
    if (found) return booleanOf(found.value);
  }
  throw new Unsupported(`a ${value.kind} where a Boolean is expected`);
}

export function boolean(expr: Expr): Value {
  return { kind: 'scalar', type: 'Boolean', expr };
}

/** ELM chapter 13: logical operators; SQL's three-valued logic is CQL's. */
export const logicalOperators: Operators = {
  // 13.1 And(Boolean, Boolean)
  And: binary((a, b) => boolean(and(booleanOf(a), booleanOf(b)))),
  // 13.4 Or(Boolean, Boolean)
  Or: binary((a, b) => boolean(or(booleanOf(a), booleanOf(b)))),
  // 13.3 Not(Boolean)
  Not: unary((a) => boolean(not(booleanOf(a)))),
  // 13.2 Implies(Boolean, Boolean): not a or b
  Implies: binary((a, b) => boolean(or(not(booleanOf(a)), booleanOf(b)))),
  // 13.5 Xor(Boolean, Boolean): null when either is null
  Xor: binary((a, b) => {
    const [left, right] = [booleanOf(a), booleanOf(b)];
    return boolean(isNullLiteral(left) || isNullLiteral(right) ? NULL : call('xor', left, right));
  }),
};

/** ELM chapter 14: nullological operators (Coalesce stands with the lists it may be given). */
export const nullologicalOperators: Operators = {
  // 14.2 IsNull(argument)
  IsNull: unary((a) => boolean(valueIsNull(a))),
  // 14.4 IsTrue(Boolean): false when null
  IsTrue: unary((a) => boolean(truth(booleanOf(a), 'is true'))),
  // 14.3 IsFalse(Boolean): false when null
  IsFalse: unary((a) => boolean(truth(booleanOf(a), 'is false'))),
};

function truth(expr: Expr, test: 'is true' | 'is false'): Expr {
  if (isNullLiteral(expr)) return FALSE;
  if (isTrue(expr)) return test === 'is true' ? TRUE : FALSE;
  if (isFalse(expr)) return test === 'is false' ? TRUE : FALSE;
  return call(test, expr);
}
