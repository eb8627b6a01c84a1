import { compile, literalUnits, type DefineOutput, type Program } from '@catchment/cql';
import { readLibraries, type Library } from '@catchment/elm';
import { mergeDemands } from '@catchment/fhir';
import { bindCodeSets, bindUnits, importTerminology, readTerminology } from '@catchment/terminology';
import {
  Database,
  installFunctions,
  loadFixture,
  prepareWarehouse,
  quoteIdentifier,
  type Connection,
} from '@catchment/warehouse';
import type { EngineRequest, PatientDefines, PatientRecord } from './cql-execution-engine';
import type { DefineValue } from './define-value';
import { valueSetFolder } from './starter-content';

/**
 * Our engine, asked for every define of a library: compiles to SQL, loads the patients into a warehouse in memory,
 * and runs the statements once for all of them. One result per patient, in their order.
 */
export async function evaluateCompiled(
  request: Omit<EngineRequest, 'valueSets'>,
  patients: readonly PatientRecord[],
): Promise<PatientDefines[]> {
  const library = readLibraries(request.main, request.libraries, request.version);
  const program = compile({
    library,
    defines: definesOf(library),
    measurementPeriod: {
      start: `${request.period[0]}T00:00:00.000`,
      end: `${request.period[1]}T23:59:59.999`,
    },
    evaluatedAt: `${request.period[1]}T23:59:59.999`,
  });
  const database = await Database.open(':memory:');
  try {
    await loadPatients(database.main, program, patients);
    await runProgram(database.main, program, library);
    return await readDefines(database.main, program, patients);
  } finally {
    database.close();
  }
}

/** All defines that say something about one patient, but the patient itself. */
function definesOf(library: Library): string[] {
  const own = [...library.expressions.values()];
  return own
    .filter(({ name, context }) => context === 'Patient' && name !== 'Patient')
    .map(({ name }) => name);
}

async function loadPatients(
  connection: Connection,
  program: Program,
  patients: readonly PatientRecord[],
): Promise<void> {
  await prepareWarehouse(connection);
  await installFunctions(connection, 'cql-');
  const sources = await readTerminology([valueSetFolder]);
  await connection.transaction(() => importTerminology(connection, sources, { origin: 'starter' }));
  const subjects = new Map(
    patients.flatMap(({ id, resources }) => resources.map((resource) => [resource, id])),
  );
  await loadFixture(
    connection,
    [...subjects.keys()],
    mergeDemands(program.demand, { Patient: {} }),
    subjects,
  );
}

async function runProgram(connection: Connection, program: Program, library: Library): Promise<void> {
  await bindCodeSets(connection, program.codeSets);
  await bindUnits(connection, literalUnits(library), program.demand);
  for (const sql of program.preparations) await connection.run(sql);
  for (const { sql } of program.statements) await connection.run(sql);
}

async function readDefines(
  connection: Connection,
  program: Program,
  patients: readonly PatientRecord[],
): Promise<PatientDefines[]> {
  const subjects = await connection.rows<{ pid: number; id: string }>('select pid, id from registry.subject');
  const pids = new Map(subjects.map(({ pid, id }) => [id, pid]));
  const results = patients.map(() => new Map<string, DefineValue>());
  for (const [name, output] of program.outputs) {
    const values = await readOutput(connection, output);
    patients.forEach(({ id }, at) => {
      const value = values(pids.get(id)!);
      if (value) results[at]!.set(name, value);
    });
  }
  return results;
}

/** The value of a define by `pid`; undefined where only its rows are known, not what they are. */
async function readOutput(
  connection: Connection,
  output: DefineOutput,
): Promise<(pid: number) => DefineValue | undefined> {
  switch (output.kind) {
    case 'constant': {
      const row = await connection.first<{ value: boolean | null }>(`select ${output.value} as value`);
      return () => truth(row?.value);
    }
    case 'boolean': {
      const values = await byPid<boolean | null>(connection, output, output.value!);
      return (pid) => truth(values.get(pid)?.[0]);
    }
    case 'rows': {
      if (!output.rid) return () => undefined;
      const items = await byPid<string>(
        connection,
        output,
        `(select type || '/' || id from registry.resource as resource where resource.rid = held.${output.rid})`,
      );
      return (pid) => ({ kind: 'list', items: [...(items.get(pid) ?? [])].sort() });
    }
    case 'other':
      return () => undefined;
  }
}

async function byPid<T>(
  connection: Connection,
  { table }: DefineOutput,
  value: string,
): Promise<Map<number, T[]>> {
  const rows = await connection.rows<{ pid: number; value: T }>(
    `select held.${quoteIdentifier('pid')} as pid, ${value} as value from ${table} as held`,
  );
  const values = new Map<number, T[]>();
  for (const row of rows) values.set(row.pid, [...(values.get(row.pid) ?? []), row.value]);
  return values;
}

const truth = (value: boolean | null | undefined): DefineValue =>
  value === null || value === undefined ? { kind: 'null' } : { kind: 'boolean', value };
