import { literalUnits, type Program } from '@catchment/cql';
import { mergeDemands } from '@catchment/fhir';
import { bindUnits, CodeSetBinding, type BoundValueSet } from '@catchment/terminology';
import type { Connection } from '@catchment/warehouse';
import type { CompiledMeasure } from './compile-measure';

/** Units and code sets of programs that number their code sets alike, bound at once: one by one costs as much each. */
export class RunBinding {
  private constructor(private readonly codeSets: CodeSetBinding) {}

  static async of(
    connection: Connection,
    measures: readonly Pick<CompiledMeasure, 'program' | 'library'>[],
  ): Promise<RunBinding> {
    const units = new Set(measures.flatMap(({ library }) => [...literalUnits(library)]));
    await bindUnits(connection, units, mergeDemands(...measures.map(({ program }) => program.demand)));
    const sets = new Map(measures.flatMap(({ program }) => program.codeSets.map((set) => [set.setId, set])));
    return new RunBinding(await CodeSetBinding.make(connection, [...sets.values()]));
  }

  /**
   * What the value sets of a program were bound to.
   * @throws Diagnostic for those that are not there
   */
  valueSetsOf({ codeSets }: Program): Promise<BoundValueSet[]> {
    return this.codeSets.of(codeSets);
  }
}
