import { evaluateRun, type PreparedMeasure } from '@catchment/measures';
import { Defect } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { handMeasures, refuseUnread, runHandMeasure, type HandMeasure } from './hand-measure';
import { print } from './print';
import { evaluatedAt, measured, openWorkbench, period, programSeconds } from './workbench';

const rounds = 5;

/** M1: compiled SQL against SQL written by hand, on the same tables, after the results were found equal. */
export async function benchmarkHand(dataDir: string): Promise<void> {
  const measureIds = Object.keys(handMeasures);
  const bench = await openWorkbench({ dataDir, measureIds, supplementalData: false });
  const { connection, measures } = bench;
  await refuseUnread(connection);
  const outcome = await evaluateRun({
    connection,
    dataDir,
    measureIds,
    periodStart: period.start,
    periodEnd: period.end,
    runId: 'benchmark',
    dataAsOf: evaluatedAt,
    checks: false,
  });
  for (const measure of outcome.measures) {
    if (measure.state === 'failed') throw new Defect(`${measure.measureId}: ${measure.reason}`);
  }
  print('patients', bench.patients.toLocaleString('en'));
  const ratios: number[] = [];
  for (const measure of measures) {
    const id = measure.compiled.definition.id as keyof typeof handMeasures;
    ratios.push(await compare(connection, measure, handMeasures[id]));
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  print('M1  geometric mean (must ≤ 2)', mean.toFixed(2));
  bench.database.close();
}

/** @returns CPU-seconds of the compiled measure over CPU-seconds of the hand-written one, best of both. */
async function compare(connection: Connection, measure: PreparedMeasure, hand: HandMeasure): Promise<number> {
  const { id } = measure.compiled.definition;
  await runHandMeasure(connection, hand);
  const counts = await refuseDifferences(connection, id);
  const compiled: number[] = [];
  const written: number[] = [];
  for (let round = 0; round < rounds; round++) {
    compiled.push(await programSeconds(connection, measure.compiled));
    written.push((await measured(() => runHandMeasure(connection, hand))).seconds);
  }
  const [ours, theirs] = [Math.min(...compiled), Math.min(...written)];
  print(
    `M1  ${hand} (must ≤ 4)`,
    `${(ours / theirs).toFixed(2)}   ${ours.toFixed(3)} / ${theirs.toFixed(3)} CPU-s, ${counts}`,
  );
  return ours / theirs;
}

const populations = ['denominator', 'denominator_exclusion', 'numerator'] as const;

/** @throws Defect unless both have the same populations for every patient. */
async function refuseDifferences(connection: Connection, measureId: string): Promise<string> {
  const differ = [
    'ours.pid is null or theirs.pid is null',
    ...populations.map((name) => `ours.${name} is distinct from theirs.${name}`),
  ];
  const found = await connection.first<Record<string, number>>(`
    with ours as (select * from results.population_result where measure_id = ${quoteLiteral(measureId)}),
    -- The order of a proportion measure's populations: an exclusion comes before the numerator.
    theirs as (
      select pid, denominator, denominator_exclusion, numerator and not denominator_exclusion as numerator
      from temp.hand_result
    )
    select count(*) as "initial population",
      ${populations.map((name) => `count(*) filter (ours.${name}) as "${name}"`).join(', ')},
      count(*) filter (${differ.join(' or ')}) as different
    from ours full join theirs using (pid)`);
  const { different, ...counts } = found!;
  if (different !== 0)
    throw new Defect(`${measureId}: ${different} patients differ; ${JSON.stringify(counts)}`);
  return Object.values(counts).join(' / ');
}
