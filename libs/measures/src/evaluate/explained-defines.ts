import type { DefineOutput } from '@catchment/cql';
import { cqlText, findLibrary } from './define-source';
import type { CompiledMeasure } from './compile-measure';

/** A define of a program as results keep it: its place in the order of computation and its column. */
export interface ExplainedDefine {
  seq: number;
  output: DefineOutput;
  kind: 'boolean' | 'list' | 'other';
  /** Column of `define_result_<measure_id>`. */
  column: string;
  cql?: string;
  locator?: string;
}

/** The defines of a measure that explain it, in the order of computation. "Patient" says nothing and is left out. */
export function explainedDefines({ program, library }: CompiledMeasure): ExplainedDefine[] {
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
