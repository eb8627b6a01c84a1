import { Defect } from '@catchment/platform';
import type { BoundValueSet } from '@catchment/terminology';
import type { Connection, PatientFailure } from '@catchment/warehouse';
import type { CompiledMeasure } from './compile-measure';
import { RunBinding } from './run-binding';
import { RunTables } from './run-tables';

export interface ProgramRun {
  /** What its value sets were bound to. */
  bound: BoundValueSet[];
  /** Defines that could not be evaluated for some patients; their tables hold a null there, or no row. */
  failures: PatientFailure[];
}

/**
 * Makes the temp tables of a program, which stay until they are released.
 * @param binding of its units and code sets: its own, or that of all programs of a run
 * @throws Diagnostic for value sets that are not there; Defect naming the define whose SQL the database refused:
 * printed SQL that does not run is our bug. Its message quotes no values, for they are patients'.
 */
export async function runProgram(
  connection: Connection,
  measure: Pick<CompiledMeasure, 'program' | 'library'>,
  tables = new RunTables(connection, [measure.program]),
  signal?: AbortSignal,
  binding?: RunBinding,
): Promise<ProgramRun> {
  const { program } = measure;
  const bound = await (binding ?? (await RunBinding.of(connection, [measure]))).valueSetsOf(program);
  for (const sql of program.preparations) await connection.run(sql);
  const failures: PatientFailure[] = [];
  for (const statement of program.statements) {
    signal?.throwIfAborted();
    try {
      for (const failure of await tables.make(statement)) failures.push(failure);
    } catch (cause) {
      signal?.throwIfAborted();
      throw new Defect(`the SQL of "${statement.name}" does not run: ${describe(cause)}`, { cause });
    }
  }
  return { bound, failures };
}

/** Errors that depend on data, by the kind with which DuckDB starts its texts. */
const dataErrors = /^(Conversion|Invalid Input|Out of Range) Error/;

/** Would other data not have failed? Then the text may quote a patient's value. */
export function dependsOnData(error: unknown): boolean {
  return error instanceof Defect && error.cause instanceof Error && dataErrors.test(error.cause.message);
}

function describe(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return dataErrors.exec(text)?.[0] ?? text.split('\n')[0]!;
}
