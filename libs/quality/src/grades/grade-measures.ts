import type { Connection } from '@catchment/warehouse';
import { forgetMeasures } from './forget-measures';
import { atBest, gradeOf, type Grade } from './grade';
import type { MeasureReads } from './measure-inputs';

/**
 * Grades measures by what they read of the data and by who could be evaluated (docs/data-quality.md has the formula):
 * `quality.measure` out of `quality.measure_input`.
 */
export async function gradeMeasures(
  connection: Connection,
  measures: readonly MeasureReads[],
): Promise<void> {
  await forgetMeasures(connection, 'measure', measures);
  const types = await connection.rows<TypeScore & { measureId: string }>(
    `select measure_id as "measureId", type, weight, sum(resources)::bigint as resources, sum(usable) as usable,
       list_sort(list_distinct(flatten(list(populations)))) as populations
     from quality.measure_input group by measure_id, type, weight order by measure_id, type, weight`,
  );
  const lost = await connection.rows<{ measureId: string; lost: number }>(
    `select measure_id as "measureId", count(*) / greatest((select count(*) from registry.population), 1) as lost
     from results.not_evaluated group by measure_id`,
  );
  for (const { measureId } of measures) {
    const own = types.filter((each) => each.measureId === measureId);
    const evaluated = 1 - (lost.find((each) => each.measureId === measureId)?.lost ?? 0);
    await writeGrade(connection, measureId, own, evaluated);
  }
}

interface TypeScore {
  type: string;
  weight: number;
  populations: string[];
  resources: number;
  usable: number;
}

/** @param evaluated share of the patients, 0 to 1 */
async function writeGrade(
  connection: Connection,
  measureId: string,
  types: readonly TypeScore[],
  evaluated: number,
): Promise<void> {
  const judged = types.filter(({ resources }) => resources > 0);
  const weight = judged.reduce((sum, each) => sum + each.weight, 0);
  const usable = judged.reduce((sum, each) => sum + (each.weight * each.usable) / each.resources, 0);
  const score = weight === 0 ? null : (usable / weight) * evaluated;
  const { cap, reasons } = missingData(types);
  if (evaluated < 1) reasons.push(`${percent(1 - evaluated)} of the patients could not be evaluated`);
  reasons.push(...lackingTexts(judged));
  await connection.run('insert into quality.measure values ($1, $2, $3, $4)', [
    measureId,
    score,
    atBest(gradeOf(score), cap),
    reasons.length === 0 ? 'everything that is read is there and usable' : reasons.join('; '),
  ]);
}

/** What is not all usable, first what decides who counts. */
function lackingTexts(judged: readonly TypeScore[]): string[] {
  const isRead = (type: string): number => judged.filter((each) => each.type === type).length;
  return judged
    .filter(({ usable, resources }) => usable < resources)
    .sort((left, right) => right.weight - left.weight)
    .map(({ type, weight, usable, resources }) => {
      // One type may be read for both.
      const purpose = weight === 3 ? ' to decide who counts' : ' to take somebody out';
      const what = `${type}${isRead(type) > 1 ? purpose : ''}`;
      return `${percent(usable / resources)} of what is read of ${what} is usable`;
    });
}

/** No data of what decides: a measure of nothing is an F, one whose numerator nothing can meet at best a D. */
function missingData(types: readonly TypeScore[]): { cap: Grade; reasons: string[] } {
  const reasons: string[] = [];
  let cap: Grade = 'A';
  const clinical = types.filter(({ type, weight }) => type !== 'Patient' && weight === 3);
  for (const [population, worst] of [
    ['initial-population', 'F'],
    ['denominator', 'F'],
    ['measure-population', 'F'],
    ['numerator', 'D'],
  ] as const) {
    const deciding = clinical.filter(({ populations }) => populations.includes(population));
    if (deciding.length === 0 || deciding.some(({ resources }) => resources > 0)) continue;
    cap = atBest(cap, worst);
    reasons.push(`there are no data at all for the ${population}`);
  }
  for (const { type } of clinical.filter(({ resources }) => resources === 0)) {
    cap = atBest(cap, 'C');
    reasons.push(`there is no ${type} of those that it looks for`);
  }
  return { cap, reasons };
}

/** Rounded down: what is not whole is not 100 %. */
function percent(share: number): string {
  const rounded = Math.floor(share * 1000) / 10;
  return rounded === 0 && share > 0 ? '< 0.1 %' : `${rounded} %`;
}
