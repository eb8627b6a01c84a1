import { BOOLEAN, DuckDBScalarFunction, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';

/** A define that could not be evaluated for one patient. */
export interface PatientFailure {
  /** Null when the rows at fault belong to no patient. */
  pid: number | null;
  /** `Library.define` */
  define: string;
  /** Why and where in the CQL; it holds no data of the patient. */
  reason: string;
}

/**
 * What statements could not compute, patient by patient: SQL calls `cql_failed(pid, define, reason)`, which is true,
 * and goes on with a null. One patient's error so costs the others nothing, and one run finds every patient at fault.
 * Statements of one database that run at the same time share what they note.
 */
export class PatientFailures {
  private noted = new Map<string, PatientFailure>();

  /** Makes the SQL function known to the database of a connection; once for each database. */
  register(driver: DuckDBConnection): void {
    driver.registerScalarFunction(
      DuckDBScalarFunction.create({
        name: 'cql_failed',
        parameterTypes: [INTEGER, VARCHAR, VARCHAR],
        returnType: BOOLEAN,
        // Called for what it notes: never computed beforehand, nor for rows that a CASE leaves out.
        volatile: true,
        specialHandling: true,
        mainFunction: (_, input, output) => {
          const [pid, define, reason] = [0, 1, 2].map((index) => input.getColumnVector(index));
          for (let row = 0; row < input.rowCount; row++) {
            this.note({
              pid: pid!.getItem(row) as number | null,
              define: define!.getItem(row) as string,
              reason: reason!.getItem(row) as string,
            });
            output.setItem(row, true);
          }
          output.flush();
        },
      }),
    );
  }

  /** What was noted since the last call: the first reason of each patient and define. */
  take(): PatientFailure[] {
    const taken = [...this.noted.values()];
    this.noted = new Map();
    return taken;
  }

  private note(failure: PatientFailure): void {
    const key = `${failure.pid} ${failure.define}`;
    if (!this.noted.has(key)) this.noted.set(key, failure);
  }
}
