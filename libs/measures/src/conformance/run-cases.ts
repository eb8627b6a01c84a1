import type { CodeSet, ProfileMode } from '@catchment/cql';
import type { Library } from '@catchment/elm';
import { mergeDemands, type ElementFacts } from '@catchment/fhir';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';
import {
  Database,
  installFunctions,
  loadFixture,
  prepareWarehouse,
  readElementFacts,
  type Connection,
} from '@catchment/warehouse';
import type { MeasureDefinition } from '../definition/definition';
import { compileMeasure, type CompiledMeasure } from '../evaluate/compile-measure';
import type { MeasurementPeriod } from '../evaluate/measurement-period';
import { writeNotEvaluated } from '../evaluate/not-evaluated';
import { dependsOnData, runProgram } from '../evaluate/run-program';
import { writePopulations } from '../evaluate/write-populations';
import { createPopulationTables } from '../populations/result-tables';
import { readActual, type ActualResults } from './actual';
import type { ConformanceCase } from './case';
import { compareCase } from './compare';
import { periodOf } from './expectation';
import type { MeasureConformance } from './outcome';
import { Tally } from './tally';

export interface RunCasesRequest {
  name: string;
  definition: MeasureDefinition;
  library: Library;
  cases: readonly ConformanceCase[];
  evaluatedAt: string;
  profileMode?: ProfileMode;
  /** Compile again for what is known of the cases' data, as evaluation runs do; default true. */
  pruning?: boolean;
  /** Brings the value sets that code sets name into a new warehouse. */
  provideValueSets: (connection: Connection, codeSets: readonly CodeSet[]) => Promise<void>;
}

/**
 * Evaluates all cases of a measure as one population of an in-memory warehouse, those of one measurement period at a
 * time, and compares. What cannot be compiled makes its cases unsupported; a case whose data cannot be loaded or fail
 * at run time is found by halving, so that it does not hide the others.
 */
export async function runCases(request: RunCasesRequest): Promise<MeasureConformance> {
  const tally = new Tally();
  for (const [period, cases] of byPeriod(request.cases)) {
    if (!period) {
      tally.notSupported(namesOf(cases), 'the report has no measurement period');
      continue;
    }
    try {
      const compileFor = (facts?: ElementFacts): CompiledMeasure =>
        compileMeasure({ ...request, period, supplementalData: false, facts });
      await evaluateHalving(request, { whole: compileFor(), compileFor }, cases, tally);
    } catch (error) {
      tally.notSupported(namesOf(cases), reasonOf(error));
    }
  }
  return tally.conformance(request.name);
}

/** A measure compiled for any data, and how it is compiled for data of which something is known. */
interface CaseMeasure {
  whole: CompiledMeasure;
  compileFor: (facts: ElementFacts) => CompiledMeasure;
}

async function evaluateHalving(
  request: RunCasesRequest,
  measure: CaseMeasure,
  cases: readonly ConformanceCase[],
  tally: Tally,
): Promise<void> {
  try {
    const { results, errors } = await evaluate(request, measure, cases);
    for (const { name, report } of cases) {
      const error = errors.get(name);
      if (error === undefined)
        tally.compared(name, compareCase(name, report, measure.whole.definition, results.get(name)!));
      else tally.failed(name, error);
    }
  } catch (error) {
    if (!isFaultOfCases(error)) throw error;
    if (cases.length === 1) return tally.notSupported(namesOf(cases), reasonOf(error));
    const middle = Math.ceil(cases.length / 2);
    await evaluateHalving(request, measure, cases.slice(0, middle), tally);
    await evaluateHalving(request, measure, cases.slice(middle), tally);
  }
}

function namesOf(cases: readonly ConformanceCase[]): string[] {
  return cases.map(({ name }) => name);
}

async function evaluate(
  request: RunCasesRequest,
  { whole, compileFor }: CaseMeasure,
  cases: readonly ConformanceCase[],
): Promise<{ results: ActualResults; errors: Map<string, string> }> {
  const database = await Database.open(':memory:');
  try {
    const connection = database.main;
    await prepareWarehouse(connection);
    await installFunctions(connection, 'cql-');
    await load(connection, whole, cases);
    const measure = request.pruning === false ? whole : compileFor(await readElementFacts(connection));
    await createPopulationTables(connection);
    await request.provideValueSets(connection, measure.program.codeSets);
    const { failures } = await runProgram(connection, measure);
    await writeNotEvaluated(connection, measure, failures);
    await writePopulations(connection, measure);
    return {
      results: await readActual(connection, measure.definition, namesOf(cases)),
      errors: await readErrors(connection),
    };
  } finally {
    database.close();
  }
}

/** Why cases were not evaluated, by name. */
async function readErrors(connection: Connection): Promise<Map<string, string>> {
  const rows = await connection.rows<{ name: string; reason: string }>(
    'select subject.id as name, reason from results.not_evaluated join registry.subject as subject using (pid)',
  );
  return new Map(rows.map(({ name, reason }) => [name, reason]));
}

/** Loads what the measure asks for; the folder decides whose a resource is, not its reference. */
async function load(
  connection: Connection,
  measure: CompiledMeasure,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const demand = mergeDemands(measure.demand, { Patient: {} });
  const subjects = new Map<object, string>();
  for (const { name, resources } of cases) {
    for (const resource of resources) {
      if (demand[resource.resourceType]) subjects.set(resource, name);
    }
  }
  await loadFixture(connection, [...subjects.keys()], demand, subjects);
}

function byPeriod(cases: readonly ConformanceCase[]): Map<MeasurementPeriod | undefined, ConformanceCase[]> {
  const periods = new Map<string, { period: MeasurementPeriod | undefined; cases: ConformanceCase[] }>();
  for (const each of cases) {
    const period = periodOf(each.report);
    const key = period ? `${period.start}/${period.end}` : '';
    const known = periods.get(key) ?? { period, cases: [] };
    known.cases.push(each);
    periods.set(key, known);
  }
  return new Map([...periods.values()].map(({ period, cases: members }) => [period, members]));
}

/** Is a case at fault, and not the measure: an invalid resource, or a value that a query refused? */
function isFaultOfCases(error: unknown): boolean {
  return (error instanceof Diagnostic && error.message.startsWith('fixture')) || dependsOnData(error);
}

function reasonOf(error: unknown): string {
  if (error instanceof Unsupported || error instanceof Diagnostic) return error.message;
  if (error instanceof Defect) {
    const cause = error.cause instanceof Error ? `: ${error.cause.message.split('\n')[0]}` : '';
    return `defect: ${error.message}${cause}`;
  }
  throw error;
}
