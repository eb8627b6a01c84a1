import { createHash } from 'node:crypto';
import type { Demand } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import type { CodeSet, CodeSetNumbers } from '../plan/code-set';
import type { DefineTable, Program } from '../plan/program';
import { duckdb } from './duckdb';
import { Printer } from './printer';

/** What is left of a session when everything has been lowered. */
export interface Printable {
  readonly tables: DefineTable[];
  readonly codeSets: ReadonlyMap<string, CodeSet>;
  readonly demand: Demand;
}

/** Prints a lowered session: one statement per table, in the order in which they can be computed. */
export function printProgram(
  session: Printable,
  numbers: CodeSetNumbers,
): Pick<Program, 'tables' | 'statements' | 'preparations' | 'codeSets' | 'demand'> {
  const prepared = new Set<string>();
  const setId = (set: CodeSet): number => numbers.numberOf(set);
  const fingerprints = new Map<DefineTable, string>();
  const statements = session.tables.map((table) => {
    const printer = new Printer(duckdb, setId, (id, of) => prepared.add(duckdb.prepareMembers(id, of)));
    try {
      const sql = duckdb.createTable(table.name, printer.select(table.block));
      const fingerprint = fingerprintOf(sql, printer.tablesRead, fingerprints);
      fingerprints.set(table, fingerprint);
      return { name: table.name, sql, fingerprint };
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
    codeSets: [...session.codeSets.values()].map((set) => ({ ...set, setId: setId(set) })),
    demand: session.demand,
  };
}

/** A hash of the SQL and of the tables that it reads from. */
function fingerprintOf(
  sql: string,
  read: ReadonlySet<DefineTable>,
  known: ReadonlyMap<DefineTable, string>,
): string {
  const hash = createHash('sha256').update(sql);
  for (const table of read) hash.update(known.get(table)!);
  return hash.digest('base64');
}
