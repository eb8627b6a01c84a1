import {
  plan,
  type CodeSetNumbers,
  type CompileRequest,
  type DefineOutput,
  type ObservationOutput,
  type ProfileMode,
  type Program,
} from '@catchment/cql';
import type { Library } from '@catchment/elm';
import type { Demand, ElementFacts } from '@catchment/fhir';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';
import { checkAgainstLibrary } from '../definition/check-library';
import type { MeasureDefinition } from '../definition/definition';
import { instantsOf, type MeasurementPeriod } from './measurement-period';

export interface CompileMeasureRequest {
  definition: MeasureDefinition;
  /** The primary library, includes resolved. */
  library: Library;
  period: MeasurementPeriod;
  /** The instant of Now() and Today(), ISO 8601 in UTC. */
  evaluatedAt: string;
  profileMode?: ProfileMode;
  /** What is known of the stored data (`readElementFacts`); nothing when absent. */
  facts?: ElementFacts;
  /** Shared by the measures of a run, so that what their programs have in common is told. */
  codeSetNumbers?: CodeSetNumbers;
  /** Also compute supplemental data and risk adjustment factors; default true. */
  supplementalData?: boolean;
}

/** A measure that can be run: its program and what its results will lack. */
export interface CompiledMeasure {
  definition: MeasureDefinition;
  library: Library;
  /** What it reads of the data. */
  demand: Demand;
  /** Printed when it is first asked for. */
  readonly program: Program;
  /** Supplemental data that cannot be computed, and why. They decide no population. */
  limitations: string[];
  /** The defines that decide a result, as `Library.define`; the others are of supplemental data. */
  deciding: () => ReadonlySet<string> | 'all';
}

/**
 * Compiles what a measure's populations, observations and stratifiers name, and its supplemental data as far as they
 * can be compiled.
 * @throws Diagnostic or Unsupported when a define that decides a result cannot be compiled.
 */
export function compileMeasure(request: CompileMeasureRequest): CompiledMeasure {
  const definition = checkAgainstLibrary(request.definition, request.library);
  const limitations = [...definition.warnings];
  const base: CompileRequest = {
    library: request.library,
    defines: decidingDefines(definition),
    observations: definition.groups.flatMap((group) =>
      group.observations.map((observation) => ({
        function: observation.function,
        define: group.populations.find(({ code }) => code === observation.of)!.define,
      })),
    ),
    measurementPeriod: instantsOf(request.period),
    evaluatedAt: request.evaluatedAt,
    profileMode: request.profileMode,
    facts: request.facts,
    codeSetNumbers: request.codeSetNumbers,
  };
  const supplemental = [...new Set(definition.supplementalData.map(({ define }) => define))];
  const without = request.supplementalData === false || supplemental.length === 0;
  const withDefines = (more: readonly string[]): CompiledMeasure => {
    const planned = plan({ ...base, defines: [...base.defines, ...more] });
    let program: Program | undefined;
    return {
      definition,
      library: request.library,
      demand: planned.demand,
      get program() {
        return (program ??= planned.print());
      },
      limitations,
      // Asked for only where a patient's data made a define fail: then worth a compilation.
      deciding: () => (without ? 'all' : new Set(definesOf(base))),
    };
  };
  if (without) return withDefines([]);
  try {
    return withDefines(supplemental);
  } catch (error) {
    if (!isLimitation(error)) throw error;
  }
  const possible = supplemental.filter((define) => {
    try {
      plan({ ...base, observations: [], defines: [define] });
      return true;
    } catch (error) {
      if (!isLimitation(error)) throw error;
      limitations.push(`supplemental data "${define}": ${error.message}`);
      return false;
    }
  });
  return withDefines(possible);
}

/** What defines and observations refer to; a failure inside an observation names its function. */
function definesOf(request: CompileRequest): string[] {
  const functions = (request.observations ?? []).map((observation) => observation.function);
  return [
    ...plan(request).print().outputs.keys(),
    ...functions.map((name) => `${request.library.id}.${name}`),
  ];
}

/** Where a program left the result of a define of the primary library. */
export function defineOutputOf({ program, library }: CompiledMeasure, define: string): DefineOutput {
  const output = program.outputs.get(`${library.id}.${define}`);
  if (!output) throw new Defect(`the program of ${library.id} has no output for "${define}"`);
  return output;
}

export function observationOutputOf(
  { program }: CompiledMeasure,
  observed: string,
  of: string,
): ObservationOutput {
  const output = program.observations.get(`${observed} of ${of}`);
  if (!output) throw new Defect(`the program has no observation "${observed}" of "${of}"`);
  return output;
}

function decidingDefines(definition: MeasureDefinition): string[] {
  return [
    ...new Set(
      definition.groups.flatMap(({ populations, stratifiers }) =>
        [...populations, ...stratifiers].map(({ define }) => define),
      ),
    ),
  ];
}

function isLimitation(error: unknown): error is Diagnostic | Unsupported {
  return error instanceof Diagnostic || error instanceof Unsupported;
}
