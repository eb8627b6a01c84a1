import { primaryLibrary } from './case-engine';
import { CompiledSqlEngine } from './compiled-sql-engine';
import type { PatientDefines, PatientRecord } from './cql-execution-engine';
import { readCases, readElm, readMeasures } from './starter-content';

/** The fewer patients together, the more of the SQL is left out. */
const together = 12;

/**
 * What is left out because the stored data cannot have it changes no define of any case: the same SQL for all data
 * decides what is right, and `starter-cases.spec.ts` what that must be.
 */
describe.each(readCases())('$measure with and without pruning', ({ measure: id, period, cases }) => {
  it('has the same defines for every case', async () => {
    const measure = readMeasures().find((candidate) => candidate.id === id)!;
    const run = [primaryLibrary(measure)];
    const request = { libraries: await readElm(), run, period };
    const evaluate = async (patients: PatientRecord[], pruning: boolean): Promise<PatientDefines[]> => {
      const engine = await CompiledSqlEngine.open(request, patients, { pruning });
      try {
        return await engine.evaluate(run[0]!.name);
      } finally {
        engine.close();
      }
    };
    const patients = cases.map(({ name, resources }) => ({ id: name, resources }));
    const whole = await evaluate(patients, false);
    expect(whole).toHaveLength(cases.length);
    for (let first = 0; first < patients.length; first += together) {
      const pruned = await evaluate(patients.slice(first, first + together), true);
      pruned.forEach((defines, at) => {
        expect({ case: patients[first + at]!.id, defines }).toEqual({
          case: patients[first + at]!.id,
          defines: whole[first + at],
        });
      });
    }
  });
});
