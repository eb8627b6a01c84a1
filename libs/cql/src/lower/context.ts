import type { Demand, ElementFacts } from '@catchment/fhir';
import type { ElmNode, Library } from '@catchment/elm';
import { Diagnostic, Unsupported, type CqlLocation } from '@catchment/platform';
import { Block, type Source } from '../plan/block';
import { codeSetKey, type CodeSet } from '../plan/code-set';
import { call, column, equal, type Expr } from '../plan/expression';
import type { DefineTable } from '../plan/program';
import { FhirElements } from '../value/fhir';
import type { RelationValue, Value } from '../value/value';
import type { Call } from './calls';

/** What a define was lowered to. */
export type DefineResult =
  | { kind: 'inline'; value: Value }
  | { kind: 'patient'; table: DefineTable; value: Value }
  | { kind: 'list'; table: DefineTable; relation: RelationValue };

/** A define that was lowered, with its result. */
export interface Defined {
  library: string;
  version?: string;
  define: string;
  result: DefineResult;
}

/** How retrieves by profile are decided (docs/profiles.md). */
export type ProfileMode = 'profile' | 'discriminator' | 'both';

/** State of one compilation: defines by library and name, demands and code sets met so far. */
export class Session {
  readonly demand: Demand = {};
  readonly elements: FhirElements;
  readonly codeSets = new Map<string, CodeSet>();
  readonly tables: DefineTable[] = [];
  /** What expressions of defines were lowered to, by library. */
  readonly lowered = new Map<string, { expression: ElmNode; result: DefineResult }[]>();
  readonly defines = new Map<string, DefineResult>();
  /** Calls of functions, by the block for whose rows they were lowered. */
  readonly calls = new WeakMap<Block, Call[]>();
  /** What expressions that stand several times were lowered to, by the context. */
  readonly repeated = new WeakMap<Context, Map<ElmNode, Value>>();
  /** Every define that was lowered, in order of completion. */
  readonly defined: Defined[] = [];
  /** Defines being lowered, innermost last: a define that meets itself is a cycle. */
  readonly open: string[] = [];
  /** How many variables the define that is being lowered has named. */
  variables = 0;

  constructor(
    readonly parameters: ReadonlyMap<string, Value>,
    readonly profileMode: ProfileMode,
    facts: ElementFacts,
  ) {
    this.elements = new FhirElements(this.demand, facts);
  }

  codeSet(set: CodeSet): CodeSet {
    const key = codeSetKey(set);
    const known = this.codeSets.get(key);
    if (known) return known;
    this.codeSets.set(key, set);
    return set;
  }

  /** A name for the variable of a lambda, which no other has in this define. */
  variable(): string {
    return `x${this.variables++}`;
  }

  /** Lowers a define: its text does not depend on those that were lowered before it. */
  apart<T>(lowering: () => T): T {
    const before = this.variables;
    this.variables = 0;
    try {
      return lowering();
    } finally {
      this.variables = before;
    }
  }
}

/** Where an expression stands: its library, the block whose rows it is evaluated for, and the names in scope. */
export interface Context {
  session: Session;
  library: Library;
  define: string;
  /** Rows for which the expression is evaluated; joins that it needs are added here. */
  block: Block;
  /** The patient of a row of `block`. */
  pid: Expr;
  /** Aliases, lets and operands. */
  scope: ReadonlyMap<string, Value>;
  /** `$this`-like row of a sort clause, whose elements are plain identifiers. */
  sortRow?: Value;
  /** Inside a list lambda no subquery can stand. */
  lambda: boolean;
  /** The rows around the rows of `of`, which can be read there too. */
  enclosing?: { of: Block; context: Context };
}

/** Thrown inside a lambda when the expression needs rows; the query is then lowered over unnested rows instead. */
export class NeedsRows extends Error {}

export function withScope(context: Context, entries: Iterable<[string, Value]>): Context {
  return { ...context, scope: new Map([...context.scope, ...entries]) };
}

export function locate(context: Context, node?: ElmNode): CqlLocation {
  return {
    library: context.library.id,
    define: context.define,
    localId: node?.localId,
    locator: node?.locator,
  };
}

export function unsupported(context: Context, node: ElmNode, what: string): Unsupported {
  return new Unsupported(what, locate(context, node));
}

export function diagnostic(context: Context, node: ElmNode, message: string): Diagnostic {
  return new Diagnostic(message, locate(context, node));
}

/** A block with one row per patient, and its patient column. */
export function patientBlock(): { block: Block; patient: Source; pid: Expr } {
  const patient: Source = { kind: 'resource', resourceType: 'Patient', join: 'from' };
  return { block: Block.of(patient), patient, pid: column(patient, 'pid') };
}

/** Joins the table of a patient-grain define to the rows of the context, once. */
export function joinPatientDefine(context: Context, table: DefineTable): Source {
  const { block } = context;
  const known = block.sources.find(
    (source) => source.join === 'left' && source.kind === 'define' && source.define === table,
  );
  if (known) return known;
  const source: Source = { kind: 'define', define: table, join: 'left' };
  source.on = equal(column(source, 'pid'), context.pid);
  block.sources.push(source);
  return source;
}

/** Joins the resource with a given number to the rows of the context. */
export function joinResource(context: Context, resourceType: string, rid: Expr): Source {
  if (context.lambda) throw new NeedsRows();
  const source: Source = { kind: 'resource', resourceType, join: 'left' };
  source.on = call('=', column(source, 'rid'), rid);
  context.block.sources.push(source);
  return source;
}

/** Joins a dictionary entry by key to the rows of the context. */
export function joinDictionary(context: Context, table: 'concept' | 'concept_list', key: Expr): Source {
  if (context.lambda) throw new NeedsRows();
  const source: Source = { kind: 'dictionary', table, join: 'left' };
  source.on = call('=', column(source, 'key'), key);
  context.block.sources.push(source);
  return source;
}
