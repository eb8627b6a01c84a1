import type { ElmNode } from '@catchment/elm';
import { call, caseWhen, text, type Expr } from '../plan/expression';
import type { Context } from './context';

/**
 * The value, but null where the condition holds: there CQL demands a run-time error, which costs the row's patient
 * his results and nobody else. The reason names the place in the CQL and no data of the patient.
 */
export function failWhere(
  condition: Expr,
  reason: string,
  value: Expr,
  node: ElmNode,
  context: Context,
): Expr {
  const where = `define "${context.define}" of library ${context.library.id}`;
  const place = node.locator ? `${where}, ${node.locator}` : where;
  const failed = call('null by failure', context.pid, text(defineOf(context)), text(`${reason} (${place})`));
  return caseWhen([{ when: condition, then: failed }], value);
}

/** `Library.define` of the define that is being computed; inside a function the library is the function's. */
function defineOf({ session, library, define }: Context): string {
  const open = session.open.at(-1)?.split('|');
  return open ? `${open[0]}.${open.slice(2).join('|')}` : `${library.id}.${define}`;
}
