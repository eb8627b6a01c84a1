import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { Check } from '../checks/check';
import { codeColumn } from '../code-column';
import { readTypedColumns } from '../typed-columns';
import { forgetMeasures } from './forget-measures';
import {
  readInputKeys,
  readInputs,
  readRelevant,
  selectionOf,
  type MeasureReads,
  type Selection,
} from './measure-inputs';

/**
 * Counts what measures select of the data, and how much of it is usable for the elements that they read. Writes
 * `quality.measure_input` and `quality.measure_finding`; needs `quality.fault`.
 */
export async function countInputs(
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
  const typed = await readTypedColumns(connection);
  for (const { type } of types.filter((each) => typed.has(each.type)))
    await countType(connection, type, selectionOf(type, codeColumn(typed, type)));
  // What nothing was selected of says so with a zero.
  await connection.run(`insert into quality.measure_input
    select measure_id, type, name, canonical, system, code, populations, weight, 0, 0
    from temp.quality_input
    where input_id not in (select input_id from temp.quality_counted)`);
  await connection.run('drop table if exists temp.quality_counted');
  await nameFindings(connection, checks);
}

async function forget(connection: Connection, measures: readonly MeasureReads[]): Promise<void> {
  for (const table of ['measure_input', 'measure_finding']) await forgetMeasures(connection, table, measures);
  await connection.run('create or replace temp table quality_counted (input_id bigint)');
}

/** Few rows have faults: which inputs select them is asked for these alone. */
async function countType(connection: Connection, type: string, selection: Selection): Promise<void> {
  await connection.run(`create or replace temp table quality_lost as
    select relevant.measure_id, relevant.check_no, fault.rid,
      case quality_check.severity when 'error' then 1.0 when 'warning' then 0.5 else 0 end as lost
    from quality.fault as fault
    join temp.quality_check as quality_check using (check_no)
    join temp.quality_relevant as relevant using (check_no)
    where quality_check.type = ${quoteLiteral(type)}`);
  await connection.run(`create or replace temp table quality_resources as
    select input_id, resources from (${selection.counted}) where resources > 0`);
  await connection.run(`create or replace temp table quality_selected as
    ${selection.of('(select distinct rid from temp.quality_lost)')}`);
  await connection.run(`
    insert into quality.measure_input
    select input.measure_id, input.type, input.name, input.canonical, input.system, input.code, input.populations,
      input.weight, counted.resources, (counted.resources - coalesce(unusable.lost, 0))::double
    from temp.quality_resources as counted
    join temp.quality_input as input using (input_id)
    left join (
      select selected.input_id, sum(worst.lost) as lost
      from temp.quality_selected as selected
      join (select measure_id, rid, max(lost) as lost from temp.quality_lost group by measure_id, rid) as worst
        using (measure_id, rid)
      group by selected.input_id
    ) as unusable using (input_id)`);
  await connection.run('insert into temp.quality_counted select input_id from temp.quality_resources');
  await connection.run(`
    insert into quality.measure_finding
    select input.measure_id, lost.check_no::varchar, '', input.type, null, input.name, '', count(distinct selected.rid),
      any_value(counted.resources)
    from temp.quality_selected as selected
    join temp.quality_lost as lost using (measure_id, rid)
    join temp.quality_input as input using (input_id)
    join temp.quality_resources as counted using (input_id)
    group by input.input_id, input.measure_id, lost.check_no, input.type, input.name`);
  await connection.run(`drop table temp.quality_selected; drop table temp.quality_lost;
    drop table temp.quality_resources`);
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
