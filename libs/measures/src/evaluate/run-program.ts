import { literalUnits, type Program } from '@catchment/cql';
import type { Library } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import { bindCodeSets, bindUnits, type BoundValueSet } from '@catchment/terminology';
import { quoteIdentifier, type Connection, type PatientFailure } from '@catchment/warehouse';

export interface ProgramRun {
  /** What its value sets were bound to. */
  bound: BoundValueSet[];
  /** Defines that could not be evaluated for some patients; their tables hold a null there, or no row. */
  failures: PatientFailure[];
}

/**
 * Binds units and code sets of a program and makes its temp tables, which stay until `dropProgram`.
 * @throws Diagnostic for value sets that are not there; Defect naming the define whose SQL the database refused:
 * printed SQL that does not run is our bug. Its message quotes no values, for they are patients'.
 */
export async function runProgram(
  connection: Connection,
  { program, library }: { program: Program; library: Library },
  signal?: AbortSignal,
): Promise<ProgramRun> {
  await bindUnits(connection, literalUnits(library), program.demand);
  const bound = await bindCodeSets(connection, program.codeSets);
  connection.failures.take();
  for (const sql of program.preparations) await connection.run(sql);
  for (const { name, sql } of program.statements) {
    signal?.throwIfAborted();
    try {
      await connection.run(sql);
    } catch (cause) {
      signal?.throwIfAborted();
      throw new Defect(`the SQL of "${name}" does not run: ${describe(cause)}`, { cause });
    }
  }
  return { bound, failures: connection.failures.take() };
}

/** Drops the temp tables of a program, also after a run that failed half-way. */
export async function dropProgram(connection: Connection, program: Program): Promise<void> {
  for (const { name } of program.statements) {
    await connection.run(`drop table if exists temp.${quoteIdentifier(name)}`);
  }
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
