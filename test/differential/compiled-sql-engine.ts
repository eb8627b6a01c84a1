import { compile, literalUnits, type DefineOutput, type Program } from '@catchment/cql';
import { readLibraries, type ElmLibrary, type Library } from '@catchment/elm';
import { mergeDemands, type ElementFacts } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import { bindCodeSets, bindUnits, importTerminology, readTerminology } from '@catchment/terminology';
import {
  Database,
  installFunctions,
  loadFixture,
  prepareWarehouse,
  readElementFacts,
  type Connection,
  type PatientFailure,
} from '@catchment/warehouse';
import type { EngineRequest, PatientDefines, PatientRecord } from './cql-execution-engine';
import type { DefineValue } from './define-value';
import { valueSetFolder } from './starter-content';

interface Compiled {
  library: Library;
  program: Program;
}

/**
 * Our engine, asked for every define: compiles the libraries to SQL, loads the patients into a warehouse in memory,
 * and runs each program once for all of them. Value sets are the starter subsets.
 */
export class CompiledSqlEngine {
  private constructor(
    private readonly database: Database,
    private readonly compiled: ReadonlyMap<string, Compiled>,
    private readonly patients: readonly PatientRecord[],
  ) {}

  static async open(
    request: Omit<EngineRequest, 'valueSets'>,
    patients: readonly PatientRecord[],
    { pruning }: { pruning: boolean } = { pruning: true },
  ): Promise<CompiledSqlEngine> {
    const compiled = compileLibraries(request);
    const database = await Database.open(':memory:');
    const programs = [...compiled.values()].map(({ program }) => program);
    await loadPatients(database.main, programs, patients);
    if (!pruning) return new CompiledSqlEngine(database, compiled, patients);
    const pruned = compileLibraries(request, await readElementFacts(database.main));
    return new CompiledSqlEngine(database, pruned, patients);
  }

  /** What the defines of a library, and those that they refer to, are for each patient, in the order of the patients. */
  async evaluate(name: string): Promise<PatientDefines[]> {
    const compiled = this.compiled.get(name);
    if (!compiled) throw new Defect(`library ${name} was not compiled`);
    const connection = this.database.main;
    await runProgram(connection, compiled);
    const failures = connection.failures.take();
    const results = await readDefines(connection, compiled, this.patients);
    await markFailed(connection, results, failures, this.patients);
    return results;
  }

  close(): void {
    this.database.close();
  }
}

function compileLibraries(
  { run, libraries, period }: Omit<EngineRequest, 'valueSets'>,
  facts?: ElementFacts,
): Map<string, Compiled> {
  return new Map(
    run.map(({ name, version }) => {
      const library = readLibraries(name, libraries, version);
      return [name, { library, program: compileAll(library, period, facts) }];
    }),
  );
}

/** Every define that says something about one patient, but the patient itself. */
function compileAll(library: Library, [start, end]: EngineRequest['period'], facts?: ElementFacts): Program {
  const own = [...library.expressions.values()];
  return compile({
    library,
    defines: own
      .filter(({ name, context }) => context === 'Patient' && name !== 'Patient')
      .map(({ name }) => name),
    measurementPeriod: { start: `${start}T00:00:00.000`, end: `${end}T23:59:59.999` },
    evaluatedAt: `${end}T23:59:59.999`,
    facts,
  });
}

async function loadPatients(
  connection: Connection,
  programs: readonly Program[],
  patients: readonly PatientRecord[],
): Promise<void> {
  await prepareWarehouse(connection);
  await installFunctions(connection, 'cql-');
  const sources = await readTerminology([valueSetFolder]);
  await connection.transaction(() => importTerminology(connection, sources, { origin: 'starter' }));
  const demand = mergeDemands({ Patient: {} }, ...programs.map((program) => program.demand));
  const subjects = new Map(
    patients.flatMap(({ id, resources }) =>
      resources.filter(({ resourceType }) => demand[resourceType]).map((resource) => [resource, id]),
    ),
  );
  await loadFixture(connection, [...subjects.keys()], demand, subjects);
}

async function runProgram(connection: Connection, { program, library }: Compiled): Promise<void> {
  await bindCodeSets(connection, program.codeSets);
  await bindUnits(connection, literalUnits(library), program.demand);
  for (const sql of program.preparations) await connection.run(sql);
  for (const { sql } of program.statements) await connection.run(sql);
}

async function readDefines(
  connection: Connection,
  { program, library }: Compiled,
  patients: readonly PatientRecord[],
): Promise<Map<string, DefineValue>[]> {
  const subjects = await connection.rows<{ pid: number; id: string }>('select pid, id from registry.subject');
  const pids = new Map(subjects.map(({ pid, id }) => [id, pid]));
  const results = patients.map(() => new Map<string, DefineValue>());
  const booleans = booleanDefines([library, ...library.includes.values()].map(({ elm }) => elm));
  for (const [name, output] of program.outputs) {
    const valueOf = await readOutput(connection, output, booleans.has(name));
    patients.forEach(({ id }, at) => {
      const value = valueOf(pids.get(id)!);
      if (value) results[at]!.set(name, value);
    });
  }
  return results;
}

/** Defines that could not be evaluated for a patient. */
async function markFailed(
  connection: Connection,
  results: readonly Map<string, DefineValue>[],
  failures: readonly PatientFailure[],
  patients: readonly PatientRecord[],
): Promise<void> {
  const subjects = await connection.rows<{ pid: number; id: string }>('select pid, id from registry.subject');
  const ids = new Map(subjects.map(({ pid, id }) => [pid, id]));
  for (const { pid, define, reason } of failures) {
    const at = patients.findIndex(({ id }) => id === ids.get(pid ?? 0));
    results[at]?.set(define, { kind: 'failed', message: reason });
  }
}

/** Names of the defines that the translator found to be Boolean, as `Library.define`. */
function booleanDefines(libraries: readonly ElmLibrary[]): Set<string> {
  const names = libraries.flatMap(({ identifier, statements }) =>
    (statements?.def ?? [])
      .filter(({ resultTypeName }) => resultTypeName === '{urn:hl7-org:elm-types:r1}Boolean')
      .map(({ name }) => `${identifier.id}.${name}`),
  );
  return new Set(names);
}

/** The value of a define by `pid`; undefined where it is neither a Boolean nor a list of resources. */
async function readOutput(
  connection: Connection,
  output: DefineOutput,
  isBoolean: boolean,
): Promise<(pid: number) => DefineValue | undefined> {
  switch (output.kind) {
    case 'constant': {
      if (!isBoolean) return () => undefined;
      const row = await connection.first<{ value: boolean | null }>(`select ${output.value} as value`);
      return () => truth(row?.value);
    }
    case 'boolean': {
      const values = await byPid<boolean | null>(connection, output, `held.${output.value}`);
      return (pid) => truth(values.get(pid)?.[0]);
    }
    case 'rows': {
      if (!output.rid) return () => undefined;
      const name = `(select type || '/' || id from registry.resource as resource where resource.rid = held.${output.rid})`;
      const items = await byPid<string>(connection, output, name);
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
    `select held.pid, ${value} as value from ${table} as held`,
  );
  const values = new Map<number, T[]>();
  for (const row of rows) values.set(row.pid, [...(values.get(row.pid) ?? []), row.value]);
  return values;
}

const truth = (value: boolean | null | undefined): DefineValue =>
  value === null || value === undefined ? { kind: 'null' } : { kind: 'boolean', value };
