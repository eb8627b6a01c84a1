import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { Check } from '../checks/check';
import { codeColumns, storedTypes } from './code-columns';
import { atBest, gradeOf, type Grade } from './grade';
import { readInputKeys, readInputs, readRelevant, selectedRows, type MeasureReads } from './measure-inputs';

/**
 * Grades measures by what they select of the data, and only by the elements that they read (docs/data-quality.md has
 * the formula). Writes `quality.measure`, `quality.measure_input` and `quality.measure_finding`.
 */
export async function gradeMeasures(
  connection: Connection,
  measures: readonly MeasureReads[],
  checks: readonly Check[],
): Promise<void> {
  await readInputs(connection, measures);
  await readInputKeys(connection);
  await readRelevant(connection, measures, checks);
  await forget(connection, measures);
  const types = await connection.rows<{ type: string }>(
    'select distinct type from temp.quality_input order by type',
  );
  const stored = await storedTypes(connection);
  for (const { type } of types.filter((each) => stored.has(each.type)))
    await countType(connection, type, selectedRows(type, await codeColumns(connection, type)));
  // What nothing was selected of says so with a zero.
  await connection.run(`insert into quality.measure_input
    select measure_id, type, name, canonical, system, code, populations, weight, 0, 0
    from temp.quality_input
    where input_id not in (select input_id from temp.quality_counted)`);
  await connection.run('drop table if exists temp.quality_counted');
  await nameFindings(connection, checks);
  for (const { measureId } of measures) await writeGrade(connection, measureId);
}

async function forget(connection: Connection, measures: readonly MeasureReads[]): Promise<void> {
  const again = JSON.stringify(measures.map(({ measureId }) => measureId));
  for (const table of ['measure', 'measure_input', 'measure_finding'])
    await connection.run(
      `delete from quality.${table}
       where measure_id in (select unnest(from_json($1, '["VARCHAR"]')))
         or measure_id not in (select measure_id from results.measure)`,
      [again],
    );
  await connection.run('create or replace temp table quality_counted (input_id bigint)');
}

async function countType(connection: Connection, type: string, selected: string): Promise<void> {
  await connection.run(`create or replace temp table quality_selected as ${selected}`);
  await connection.run(`create or replace temp table quality_lost as
    select relevant.measure_id, relevant.check_no, fault.rid,
      case quality_check.severity when 'error' then 1.0 when 'warning' then 0.5 else 0 end as lost
    from temp.quality_fault as fault
    join temp.quality_check as quality_check using (check_no)
    join temp.quality_relevant as relevant using (check_no)
    where quality_check.type = ${quoteLiteral(type)}`);
  await connection.run(`
    insert into quality.measure_input
    select input.measure_id, input.type, input.name, input.canonical, input.system, input.code, input.populations,
      input.weight, counted.resources, counted.usable
    from (
      select selected.input_id, count(*) as resources, sum(1 - coalesce(worst.lost, 0))::double as usable
      from temp.quality_selected as selected
      left join (select measure_id, rid, max(lost) as lost from temp.quality_lost group by measure_id, rid) as worst
        using (measure_id, rid)
      group by selected.input_id
    ) as counted
    join temp.quality_input as input using (input_id)`);
  await connection.run(
    `insert into temp.quality_counted select distinct input_id from temp.quality_selected -- one row per input`,
  );
  await connection.run(`
    insert into quality.measure_finding
    select input.measure_id, lost.check_no::varchar, '', input.type, null, input.name, '', count(distinct selected.rid),
      (select count(*) from temp.quality_selected as every where every.input_id = input.input_id)
    from temp.quality_selected as selected
    join temp.quality_lost as lost using (measure_id, rid)
    join temp.quality_input as input using (input_id)
    group by all`);
  await connection.run('drop table temp.quality_selected; drop table temp.quality_lost');
}

/** Findings were counted by the number of their check; here they get its words. */
async function nameFindings(connection: Connection, checks: readonly Check[]): Promise<void> {
  await connection.run(
    `update quality.measure_finding as finding
     set check_id = described.id, severity = described.severity, element = described.element, sentence = described.sentence
     from (
       select unnest(from_json($1, '[{"no": "VARCHAR", "id": "VARCHAR", "severity": "VARCHAR", "element": "VARCHAR", "sentence": "VARCHAR"}]'), recursive := true)
     ) as described
     where finding.check_id = described.no`,
    [
      JSON.stringify(
        checks.map(({ id, severity, element, sentence }, no) => ({
          no: String(no),
          id,
          severity,
          element,
          sentence,
        })),
      ),
    ],
  );
}

interface TypeScore {
  type: string;
  weight: number;
  populations: string[];
  resources: number;
  usable: number;
}

async function writeGrade(connection: Connection, measureId: string): Promise<void> {
  const types = await connection.rows<TypeScore>(
    `select type, weight, list_sort(list_distinct(flatten(list(populations)))) as populations,
       sum(resources)::bigint as resources, sum(usable) as usable
     from quality.measure_input where measure_id = $1
     group by type, weight order by type, weight`,
    [measureId],
  );
  const share = await connection.first<{ lost: number }>(
    `select (select count(*) from results.not_evaluated where measure_id = $1)
       / greatest((select count(*) from registry.population), 1) as lost`,
    [measureId],
  );
  const judged = types.filter(({ resources }) => resources > 0);
  const weight = judged.reduce((sum, each) => sum + each.weight, 0);
  const usable = judged.reduce((sum, each) => sum + (each.weight * each.usable) / each.resources, 0);
  const evaluated = 1 - (share?.lost ?? 0);
  const score = weight === 0 ? null : (usable / weight) * evaluated;
  const { cap, reasons } = missingData(types);
  if (evaluated < 1) reasons.push(`${percent(1 - evaluated)} of the patients could not be evaluated`);
  const lacking = judged.filter((each) => each.usable < each.resources);
  reasons.push(
    ...lacking.map(
      (each) => `${percent(each.usable / each.resources)} of what is read of ${each.type} is usable`,
    ),
  );
  await connection.run('insert into quality.measure values ($1, $2, $3, $4)', [
    measureId,
    score,
    atBest(gradeOf(score), cap),
    reasons.length === 0 ? 'everything that is read is there and usable' : reasons.join('; '),
  ]);
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

function percent(share: number): string {
  const rounded = Math.floor(share * 1000) / 10;
  return `${rounded} %`;
}
