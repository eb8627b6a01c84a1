import { Defect } from '@catchment/platform';
import type { Session } from '../lower/context';
import { codeSetKey, type CodeSet } from '../plan/code-set';
import type { Program } from '../plan/program';
import { duckdb } from './duckdb';
import { Printer } from './printer';

/** Prints a lowered session: one statement per table, in the order in which they can be computed. */
export function printProgram(
  session: Session,
): Pick<Program, 'tables' | 'statements' | 'preparations' | 'codeSets' | 'demand'> {
  const codeSets = [...session.codeSets.values()];
  const ids = new Map(codeSets.map((set, index) => [codeSetKey(set), index]));
  const prepared = new Set<string>();
  const setId = (set: CodeSet): number => ids.get(codeSetKey(set))!;
  const statements = session.tables.map((table) => {
    const printer = new Printer(duckdb, setId, (id, of) => prepared.add(duckdb.prepareMembers(id, of)));
    try {
      return { name: table.name, sql: duckdb.createTable(table.name, printer.select(table.block)) };
    } catch (error) {
      throw new Defect(`define "${table.define}" of library ${table.library} cannot be printed`, {
        cause: error,
      });
    }
  });
  return {
    tables: session.tables,
    statements,
    preparations: [...prepared],
    codeSets,
    demand: session.demand,
  };
}
