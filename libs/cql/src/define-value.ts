import './lower/lower';
import type { Library } from '@catchment/elm';
import { Diagnostic } from '@catchment/platform';
import { Session, patientBlock, type Context } from './lower/context';
import { withRowsAtTop } from './lower/defines';
import { withoutRows } from './lower/relation';
import { timestamp } from './plan/expression';
import type { Program } from './plan/program';
import { CodeSetNumbers } from './plan/code-set';
import { duckdb } from './print/duckdb';
import { printProgram } from './print/print';
import { Printer } from './print/printer';
import { pack } from './value/pack';
import { shapeOf } from './value/shape';
import type { Shape, Value } from './value/value';

/** One define as a query: `select` gives one row per patient with its value in the column `value`, laid out as `shape`. */
export interface DefineValue extends Pick<Program, 'statements' | 'preparations' | 'codeSets' | 'demand'> {
  select: string;
  shape: Shape;
  /** The value is an integer known between bounds, given as their interval. */
  uncertain: boolean;
}

/**
 * Compiles a define for its value, whatever its type (`compile` gives what measures need: truth, rows and numbers).
 * Lists become one SQL list, an uncertain number the interval of its bounds.
 * @throws Diagnostic when the library is at fault, Unsupported when an ELM node is not built yet; both name the place.
 */
export function compileValue(library: Library, define: string, evaluatedAt: string): DefineValue {
  const definition = library.expressions.get(define);
  if (!definition?.expression)
    throw new Diagnostic(`there is no define "${define}"`, { library: library.id });
  const at = timestamp(evaluatedAt);
  const session = new Session(
    new Map([['.now', { kind: 'temporal', type: 'DateTime', lo: at, hi: at }]]),
    'discriminator',
    new Map(),
  );
  const { block, pid } = patientBlock();
  const context: Context = { session, library, define, block, pid, scope: new Map(), lambda: false };
  const lowered = withRowsAtTop(definition.expression, context, (top) => withoutRows(top, context));
  const value = boundsOf(lowered);
  const shape = shapeOf(value);
  block.columns.set('value', pack(value, shape));
  const program = printProgram(session, new CodeSetNumbers());
  const setId = (): never => {
    throw new Diagnostic('value sets are tested through compile()', { library: library.id, define });
  };
  return {
    ...program,
    select: new Printer(duckdb, setId, setId).select(block),
    shape,
    uncertain: lowered.kind === 'uncertain',
  };
}

function boundsOf(value: Value): Value {
  if (value.kind !== 'uncertain') return value;
  const bound = (expr: Value & { kind: 'uncertain' }, end: 'lo' | 'hi'): Value => ({
    kind: 'scalar',
    type: 'Integer',
    expr: expr[end],
  });
  return {
    kind: 'interval',
    low: bound(value, 'lo'),
    high: bound(value, 'hi'),
    lowClosed: { op: 'literal', sql: 'true', value: true },
    highClosed: { op: 'literal', sql: 'true', value: true },
    isNull: { op: 'call', fn: 'is null', args: [value.lo] },
  };
}
