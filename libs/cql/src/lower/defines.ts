import type { ElmNode, ExpressionDef, Library } from '@catchment/elm';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';
import { Block, type Source } from '../plan/block';
import { column, isLiteral, type Expr } from '../plan/expression';
import type { DefineTable } from '../plan/program';
import { freeOfBlock } from '../plan/traverse';
import { mapValue } from '../value/structure';
import type { RelationValue, Value } from '../value/value';
import { NeedsRows, locate, patientBlock, type Context, type DefineResult, type Session } from './context';
import { lower } from './operators';
import { withoutRows } from './relation';
import { isPosition } from './repeats';

/** Lowers a define once; every later reference uses its table. */
export function defineOf(library: Library, definition: ExpressionDef, session: Session): DefineResult {
  const key = `${library.id}|${library.version ?? ''}|${definition.name}`;
  const known = session.defines.get(key);
  if (known) return known;
  if (session.open.includes(key)) {
    throw new Diagnostic(`define "${definition.name}" refers to itself`, {
      library: library.id,
      define: definition.name,
    });
  }
  if (!definition.expression) throw new Defect(`define ${key} has no expression`);
  const { expression } = definition;
  const owner = `${library.id}|${library.version ?? ''}`;
  const lowered = session.lowered.get(owner) ?? [];
  session.lowered.set(owner, lowered);
  session.open.push(key);
  const result =
    lowered.find((other) => sayTheSame(other.expression, expression))?.result ??
    lowerDefine(library, definition, session);
  session.open.pop();
  lowered.push({ expression, result });
  session.defines.set(key, result);
  session.defined.push({ library: library.id, version: library.version, define: definition.name, result });
  return result;
}

function lowerDefine(library: Library, definition: ExpressionDef, session: Session): DefineResult {
  const expression = definition.expression!;
  const named = namedDefine(expression, library);
  if (named) return defineOf(...named, session);
  const { block, patient, pid } = patientBlock();
  const context: Context = {
    session,
    library,
    define: definition.name,
    block,
    pid,
    scope: new Map(),
    lambda: false,
  };
  const table = tableFor(library, definition, session);
  const result = session.apart(() =>
    isPatientDefine(definition)
      ? tabulate(session.elements.resource('Patient', patient), context, table)
      : withRowsAtTop(expression, context, (value) => tabulate(value, context, table)),
  );
  if (result.kind !== 'inline') session.tables.push(result.table);
  return result;
}

/** The define that an expression only names: its table serves both. */
function namedDefine(expression: ElmNode, library: Library): [Library, ExpressionDef] | undefined {
  if (expression.type !== 'ExpressionRef') return undefined;
  const { libraryName, name } = expression as ElmNode & { libraryName?: string; name: string };
  const owner = libraryName === undefined ? library : library.includes.get(libraryName);
  const definition = owner?.expressions.get(name);
  return owner && definition && [owner, definition];
}

/** Do two expressions of one library say the same, wherever they stand? One table serves both defines. */
function sayTheSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  let left = contentSize(other);
  for (const key in one) {
    if (isPosition(key)) continue;
    left--;
    if (!sayTheSame(one[key as keyof typeof one], other[key as keyof typeof other])) return false;
  }
  return left === 0;
}

function contentSize(node: object): number {
  let size = 0;
  for (const key in node) if (!isPosition(key)) size++;
  return size;
}

/**
 * Lowers the expression of a define. A lambda that needs rows is lowered over unnested rows by the query around it;
 * where nothing around it can, that is not built yet.
 */
export function withRowsAtTop<T>(expression: ElmNode, context: Context, use: (value: Value) => T): T {
  try {
    return use(lower(expression, context));
  } catch (error) {
    if (!(error instanceof NeedsRows)) throw error;
    throw new Unsupported('rows inside a fold or filter of a list', locate(context, expression));
  }
}

/** The translator's define `Patient` is SingletonFrom([Patient]): the patient of the row. */
function isPatientDefine(definition: ExpressionDef): boolean {
  return definition.name === 'Patient' && definition.expression?.type === 'SingletonFrom';
}

function tableFor(library: Library, definition: ExpressionDef, session: Session): DefineTable {
  const name = `${library.id}.${definition.name}`;
  const taken = session.tables.some((table) => table.name === name);
  return {
    name: taken ? `${library.id} ${library.version ?? ''}.${definition.name}` : name,
    library: library.id,
    version: library.version,
    define: definition.name,
    grain: 'patient',
    block: new Block(),
  };
}

function tabulate(value: Value, context: Context, table: DefineTable): DefineResult {
  if (value.kind === 'relation') return tabulateRows(value, context, table);
  const flat = withoutRows(value, context);
  if (isConstant(flat)) return { kind: 'inline', value: flat };
  table.block = context.block;
  // Asked for first, so that the patient is the first column.
  context.block.columns.set('pid', context.pid);
  return { kind: 'patient', table, value: flat };
}

function tabulateRows(relation: RelationValue, context: Context, table: DefineTable): DefineResult {
  table.grain = 'list';
  const { block } = relation;
  // Rows that depend on something of the patient (a scalar define, a birth date) are joined to the patient.
  if (!relation.pid || freeOfBlock(block).sources.size > 0) {
    block.sources.unshift(...context.block.sources.filter((source) => source.join === 'from'));
    block.sources.push(...context.block.sources.filter((source) => source.join === 'left'));
    if (relation.pid) block.where.push({ op: 'call', fn: '=', args: [relation.pid, context.pid] });
  }
  const pid = relation.pid ?? context.pid;
  block.columns.set('pid', pid);
  table.block = block;
  return { kind: 'list', table, relation: { ...relation, pid } };
}

/** Constants (codes, the measurement period) need no table. */
function isConstant(value: Value): boolean {
  if (value.kind === 'fhir' || value.kind === 'choice') return false;
  let constant = true;
  mapValue(value, (expr: Expr) => {
    constant &&= isLiteral(expr);
    return expr;
  });
  return constant;
}

/** The rows of a list define, read from its table. */
export function defineRows(result: Extract<DefineResult, { kind: 'list' }>): RelationValue {
  const { table, relation } = result;
  const source: Source = { kind: 'define', define: table, join: 'from' };
  const output = (expr: Expr): Expr => table.block.output(expr, source);
  return {
    kind: 'relation',
    block: Block.of(source),
    row: mapValue(relation.row, output),
    pid: column(source, 'pid'),
    order: relation.order.map((key) => ({ ...key, expr: output(key.expr) })),
  };
}
