import { prepareMeasures, type PrepareRequest } from '../evaluate/prepare-measures';
import { Diagnostic } from '@catchment/platform';

/**
 * The SQL of a measure as it would run: the code sets that it binds, then one statement per define.
 * @throws Diagnostic with the reason when the measure cannot be compiled.
 */
export function explainPlan(request: Omit<PrepareRequest, 'measureIds'> & { measureId: string }): string {
  const { prepared, failed } = prepareMeasures({ ...request, measureIds: [request.measureId] });
  const [measure] = prepared;
  if (!measure) throw new Diagnostic(failed[0]!.reason);
  const { program } = measure.compiled;
  const sets = program.codeSets.map((set) => {
    const members =
      set.kind === 'valueSet'
        ? set.canonical
        : set.codes.map(({ system, code }) => `${system}|${code}`).join(', ');
    return `-- code set ${set.setId}: ${set.name}: ${members}`;
  });
  const statements = program.statements.map(({ name, sql }) => `-- ${name}\n${sql};\n`);
  return [...sets, '', ...program.preparations.map((sql) => `${sql};`), '', ...statements].join('\n');
}
