import './lower/lower';
import type { ExpressionDef, Library } from '@catchment/elm';
import type { Demand, ElementFacts } from '@catchment/fhir';
import { Diagnostic, Unsupported } from '@catchment/platform';
import { Session, type ProfileMode } from './lower/context';
import { defineOf } from './lower/defines';
import { observationOf } from './lower/observations';
import { outputOf } from './lower/outputs';
import { CodeSetNumbers } from './plan/code-set';
import type { DefineOutput, Program } from './plan/program';
import { TRUE, timestamp } from './plan/expression';
import { printProgram, type Printable } from './print/print';
import type { Value } from './value/value';

/** What to compile: defines of a library, for all patients of a warehouse. */
export interface CompileRequest {
  /** The primary library, with its includes resolved (`readLibraries` of `@catchment/elm`). */
  library: Library;
  /** Names of defines of the primary library; what they refer to comes along. */
  defines: readonly string[];
  /** Measure observations: a function of the primary library, for each row of a list define. */
  observations?: readonly { function: string; define: string }[];
  /** Instants in UTC, both inclusive, `YYYY-MM-DDTHH:MM:SS.mmm`. */
  measurementPeriod?: { start: string; end: string };
  /** The instant of Now() and Today(), in UTC. */
  evaluatedAt?: string;
  profileMode?: ProfileMode;
  /** Numbers of code sets, for programs whose statements are to be compared; its own when absent. */
  codeSetNumbers?: CodeSetNumbers;
  /**
   * What is known of the stored data: parts of the SQL that cannot matter are left out. The program is right for data
   * of which this is true, only.
   */
  facts?: ElementFacts;
}

/** Defines as a plan over rows: what it reads of the data is known, and it can be printed. */
export interface Plan {
  demand: Demand;
  print: () => Program;
}

/**
 * The compiler: resolved ELM in, SQL out. Pure.
 * read (libs/elm) → lower ELM to values over plan expressions → print the plan for an engine.
 * @throws Diagnostic when the library is at fault, Unsupported when an ELM node is not built yet; both name the place.
 */
export function compile(request: CompileRequest): Program {
  return plan(request).print();
}

/** The first half of `compile`, which throws what it throws. */
export function plan(request: CompileRequest): Plan {
  const { library } = request;
  const session = new Session(
    parametersOf(request),
    request.profileMode ?? 'discriminator',
    request.facts ?? new Map(),
  );
  for (const name of request.defines) defineOf(library, findDefine(library, name), session);
  const observations = new Map(
    (request.observations ?? []).map((observation) => {
      const of = { ...observation, definition: findDefine(library, observation.define) };
      return [`${observation.function} of ${observation.define}`, observationOf(library, of, session)];
    }),
  );
  const outputs = new Map<string, DefineOutput>();
  for (const defined of session.defined)
    outputs.set(`${defined.library}.${defined.define}`, outputOf(defined));
  const { tables, codeSets, demand } = session;
  const numbers = request.codeSetNumbers ?? new CodeSetNumbers();
  return planOf({ tables, codeSets, demand }, { outputs, observations }, numbers);
}

/** Holds on to what is printed, not to all that lowering made: many measures are planned before the first is printed. */
function planOf(
  lowered: Printable,
  results: Pick<Program, 'outputs' | 'observations'>,
  numbers: CodeSetNumbers,
): Plan {
  return { demand: lowered.demand, print: () => ({ ...printProgram(lowered, numbers), ...results }) };
}

function findDefine(library: Library, name: string): ExpressionDef {
  const definition = library.expressions.get(name);
  if (!definition) throw new Diagnostic(`there is no define "${name}"`, { library: library.id });
  if (definition.context === 'Unfiltered') {
    throw new Unsupported('context Unfiltered', { library: library.id, define: name });
  }
  return definition;
}

function parametersOf({ measurementPeriod, evaluatedAt }: CompileRequest): Map<string, Value> {
  const parameters = new Map<string, Value>();
  const instant = (iso: string): Value => {
    const at = timestamp(iso.replace(/Z$/, ''));
    return { kind: 'temporal', type: 'DateTime', lo: at, hi: at };
  };
  if (measurementPeriod) {
    const isNull = { op: 'literal', sql: 'false', value: false } as const;
    parameters.set('Measurement Period', {
      kind: 'interval',
      low: instant(measurementPeriod.start),
      high: instant(measurementPeriod.end),
      lowClosed: TRUE,
      highClosed: TRUE,
      isNull,
    });
  }
  if (evaluatedAt) parameters.set('.now', instant(evaluatedAt));
  return parameters;
}
