import type { CodeSet, Program } from '@catchment/cql';
import { Defect } from '@catchment/platform';
import { quoteIdentifier, type Connection } from '@catchment/warehouse';

/** Fills what compiled SQL reads for the code sets of a program: `bindCodeSets` of `@catchment/terminology`. */
export type BindCodeSets = (connection: Connection, codeSets: readonly CodeSet[]) => Promise<void>;

export interface RunProgramOptions {
  bind: BindCodeSets;
  signal?: AbortSignal;
}

/**
 * Binds a program's code sets and makes its temp tables, which stay until `dropProgram`.
 * @throws Defect naming the define whose SQL the database refused: printed SQL that does not run is our bug. Its
 * message says no values, for they are patients'.
 */
export async function runProgram(
  connection: Connection,
  program: Program,
  { bind, signal }: RunProgramOptions,
): Promise<void> {
  await bind(connection, program.codeSets);
  for (const sql of program.preparations) await connection.run(sql);
  for (const { name, sql } of program.statements) {
    signal?.throwIfAborted();
    try {
      await connection.run(sql);
    } catch (cause) {
      throw new Defect(`the SQL of "${name}" does not run: ${kindOf(cause)}`, { cause });
    }
  }
}

/** Drops the temp tables of a program, also after a run that failed half-way. */
export async function dropProgram(connection: Connection, program: Program): Promise<void> {
  for (const { name } of program.statements) {
    await connection.run(`drop table if exists temp.${quoteIdentifier(name)}`);
  }
}

/** DuckDB's error texts start with the kind of error; what follows may quote a patient's value. */
function kindOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const kind = /^[A-Z][A-Za-z -]* Error/.exec(text)?.[0] ?? 'unknown error';
  return kind === 'Conversion Error' || kind === 'Invalid Input Error' ? kind : text.split('\n')[0]!;
}
