import type { DefineOutput } from '@catchment/cql';
import { cqlText, findLibrary } from './define-source';
import type { CompiledMeasure } from './compile-measure';
import { decidedPopulations, defineKey, type DecidedPopulation } from './decided-populations';

/** A define of a program as results keep it: its place in the order of computation and its column. */
export interface ExplainedDefine {
  seq: number;
  output: DefineOutput;
  kind: 'boolean' | 'list' | 'other';
  /** Column of `define_result_<measure_id>`. */
  column: string;
  cql?: string;
  locator?: string;
  /** Empty for a define that only stratifiers, observations or supplemental data use. */
  decides: DecidedPopulation[];
}

/** The defines of a measure that explain it, in the order of computation. "Patient" says nothing and is left out. */
export function explainedDefines(measure: CompiledMeasure): ExplainedDefine[] {
  const { program, library } = measure;
  const decided = decidedPopulations(measure);
  return [...program.outputs.values()]
    .filter(({ define }) => define !== 'Patient')
    .map((output, seq) => {
      const definition = findLibrary(library, output.library, output.version)?.expressions.get(output.define);
      return {
        seq,
        output,
        kind: kindOf(output, definition?.resultTypeName),
        column: `d${seq}`,
        cql: definition && cqlText(definition),
        locator: definition?.locator,
        decides: decided.get(defineKey(output.library, output.version, output.define)) ?? [],
      };
    });
}

function kindOf({ kind }: DefineOutput, resultTypeName: string | undefined): ExplainedDefine['kind'] {
  switch (kind) {
    case 'boolean':
      return 'boolean';
    case 'rows':
      return 'list';
    case 'other':
      return 'other';
    case 'constant':
      return resultTypeName?.endsWith('}Boolean') ? 'boolean' : 'other';
  }
}
