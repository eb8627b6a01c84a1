import { evaluateRun, type PreparedMeasure } from '@catchment/measures';
import { Defect } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { cqlExecutionCases, primaryLibrary, type Populations } from '../../differential/case-engine';
import { CqlExecutionEngine, type PatientRecord } from '../../differential/cql-execution-engine';
import { readElm, readValueSets } from '../../differential/starter-content';
import { PlainInterpreter } from './plain-interpreter';
import { print } from './print';
import { samplePatients } from './sample-patients';
import { evaluatedAt, measured, openWorkbench, period, programSeconds, type Workbench } from './workbench';

const sampleSize = 40;
const rounds = 3;

/** The starter measures that correspond to CMS122, CMS130 and CMS165. */
const measureIds = ['CAT-GLYCEMIC', 'CAT-COLORECTAL', 'CAT-BP'];

/**
 * M2: patients per CPU-second of compiled SQL over a whole warehouse against cql-execution over a sample of it, after
 * both gave the same populations for every patient of the sample.
 */
export async function benchmarkInterpreter(
  dataDir: string,
  ndjson: string,
  timedDir = dataDir,
): Promise<void> {
  const patients = await samplePatients(ndjson, sampleSize);
  const elm = await readElm();
  const valueSets = readValueSets();
  const days = [period.start, period.end] as const;
  const bench = await openWorkbench({ dataDir, measureIds });
  await evaluate(bench, dataDir);
  for (const measure of bench.measures)
    await refuseDifferences(bench.connection, measure, patients, elm, valueSets);
  bench.database.close();
  const timed = await openWorkbench({ dataDir: timedDir, measureIds, supplementalData: false });
  print('patients', `${timed.patients.toLocaleString('en')}; in cql-execution ${patients.length}`);
  for (const { measure, compiled } of timed.measures) {
    const library = primaryLibrary(measure);
    const plain = new PlainInterpreter(elm, library, valueSets);
    const keeping = new CqlExecutionEngine({ libraries: elm, run: [library], valueSets, period: days });
    const seconds: Record<'ours' | 'plain' | 'keeping', number[]> = { ours: [], plain: [], keeping: [] };
    for (let round = 0; round < rounds; round++) {
      seconds.ours.push(await programSeconds(timed.connection, compiled));
      for (const [name, engine] of [
        ['plain', plain],
        ['keeping', keeping],
      ] as const) {
        const interpreted = await measured(async () => {
          for (const patient of patients) await engine.evaluate(patient);
        });
        seconds[name].push(interpreted.seconds);
      }
    }
    const ours = timed.patients / Math.min(...seconds.ours);
    const theirs = patients.length / Math.min(...seconds.plain);
    const cached = patients.length / Math.min(...seconds.keeping);
    print(
      `M2  ${compiled.definition.id} (must ≥ 10,000, aim 50,000)`,
      `${thousands(ours / theirs)}   ${thousands(ours)} / ${theirs.toFixed(1)} patients per CPU-s; ` +
        `${thousands(ours / cached)} where cql-execution keeps what it reads (${cached.toFixed(1)})`,
    );
  }
  timed.database.close();
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en');
}

async function evaluate({ connection }: Workbench, dataDir: string): Promise<void> {
  const outcome = await evaluateRun({
    connection,
    dataDir,
    measureIds,
    periodStart: period.start,
    periodEnd: period.end,
    runId: 'benchmark',
    dataAsOf: evaluatedAt,
  });
  for (const measure of outcome.measures) {
    if (measure.state === 'failed') throw new Defect(`${measure.measureId}: ${measure.reason}`);
  }
}

/** @throws Defect unless both engines have the same populations for every patient of the sample. */
async function refuseDifferences(
  connection: Connection,
  { measure, compiled }: PreparedMeasure,
  patients: readonly PatientRecord[],
  elm: Awaited<ReturnType<typeof readElm>>,
  valueSets: ReturnType<typeof readValueSets>,
): Promise<void> {
  const engine = cqlExecutionCases(elm, valueSets);
  const outcomes = await engine.evaluateCases(measure, [period.start, period.end], patients);
  for (const [index, { id }] of patients.entries()) {
    const outcome = outcomes[index]!;
    if ('failure' in outcome) throw new Defect(`cql-execution failed: ${outcome.failure}`);
    const ours = await populationsOf(connection, compiled.definition.id, id);
    for (const [group, counts] of Object.entries(outcome.populations)) {
      for (const [code, count] of Object.entries(counts)) {
        if ((ours[group]?.[code] ?? 0) === count) continue;
        throw new Defect(
          `${compiled.definition.id}: ${code} of one patient differs: ${JSON.stringify({ ours, count })}`,
        );
      }
    }
  }
}

async function populationsOf(connection: Connection, measureId: string, id: string): Promise<Populations> {
  const rows = await connection.rows<{ group_id: string } & Record<string, unknown>>(
    `select result.* from results.population_result as result join registry.subject as subject using (pid)
     where result.measure_id = $1 and subject.id = $2`,
    [measureId, id],
  );
  return Object.fromEntries(
    rows.map(({ group_id: group, ...columns }) => [
      group,
      Object.fromEntries(
        Object.entries(columns).map(([name, value]) => [name.replaceAll('_', '-'), value === true ? 1 : 0]),
      ),
    ]),
  );
}
