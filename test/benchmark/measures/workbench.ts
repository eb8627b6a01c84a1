import { mergeDemands } from '@catchment/fhir';
import { ensureDemand } from '@catchment/ingest';
import {
  RunTables,
  prepareMeasures,
  runProgram,
  type CompiledMeasure,
  type PreparedMeasure,
} from '@catchment/measures';
import { Defect } from '@catchment/platform';
import {
  installFunctions,
  openWarehouse,
  readElementFacts,
  type Connection,
  type Database,
} from '@catchment/warehouse';

/** The measurement period of all benchmarks; synthetic populations are generated for it. */
export const period = { start: '2026-01-01', end: '2026-12-31' };

/** The instant of Now() and Today(). */
export const evaluatedAt = '2026-12-31T00:00:00.000';

/** CPU-seconds of this process so far, user and system: what every ratio is made of. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU-seconds of some work. */
export async function measured<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = cpuSeconds();
  const result = await work();
  return { seconds: cpuSeconds() - start, result };
}

/** CPU-seconds of a program, with the binding of its code sets; its tables are dropped. */
export async function programSeconds(connection: Connection, measure: CompiledMeasure): Promise<number> {
  const tables = new RunTables(connection, [measure.program]);
  const { seconds } = await measured(() => runProgram(connection, measure, tables));
  await tables.release(measure.program);
  return seconds;
}

/** A warehouse whose typed tables hold what some measures demand, and these measures compiled. */
export interface Workbench {
  database: Database;
  connection: Connection;
  measures: PreparedMeasure[];
  patients: number;
  /** CPU-seconds from packages in the store to SQL. */
  compileSeconds: number;
}

export interface WorkbenchRequest {
  dataDir: string;
  measureIds: readonly string[] | 'all';
  memoryLimit?: string;
  /** Leave out supplemental data: what decides no population. */
  supplementalData?: boolean;
}

/** @throws Defect when a measure does not compile. */
export async function openWorkbench(asked: WorkbenchRequest): Promise<Workbench> {
  const { dataDir, measureIds, memoryLimit, supplementalData = true } = asked;
  const database = await openWarehouse(dataDir, { threads: 2, memoryLimit });
  const connection = database.main;
  await installFunctions(connection, 'cql-');
  const request = { dataDir, measureIds, period, evaluatedAt };
  const wanted = prepareMeasures(request).prepared.map(({ compiled }) => compiled.demand);
  await ensureDemand(connection, dataDir, mergeDemands(...wanted));
  const facts = await readElementFacts(connection);
  const start = cpuSeconds();
  const { prepared, failed } = prepareMeasures({ ...request, facts });
  const statements = prepared.reduce((sum, { compiled }) => sum + compiled.program.statements.length, 0);
  const compileSeconds = cpuSeconds() - start;
  if (failed.length > 0 || statements === 0) {
    throw new Defect(failed.map(({ measureId, reason }) => `${measureId}: ${reason}`).join('\n'));
  }
  const measures = supplementalData
    ? prepared
    : prepared.map((measure) => measure.withoutSupplementalData?.() ?? measure);
  const counted = await connection.first<{ n: number }>('select count(*) as n from registry.subject');
  return { database, connection, measures, patients: counted!.n, compileSeconds };
}
