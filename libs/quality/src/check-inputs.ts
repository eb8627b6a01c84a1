import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { filesHash, projectRoot } from '@catchment/platform';
import { dataState, type Connection } from '@catchment/warehouse';
import type { MeasureReads } from './grades/measure-inputs';

/**
 * Names everything that findings, what measures read and the ranking of codes are made from: the data and who is one
 * person, the instant that dates are judged at, value sets, mappings, what measures retrieve and demand, and the checks
 * themselves. Equal names, equal findings. What an evaluation alone decides (who could be evaluated) is not part of it.
 */
export async function nameInputs(
  connection: Connection,
  asOf: string,
  measures: readonly MeasureReads[],
): Promise<string> {
  const parts = await connection.first<Record<string, string | null>>(`select
    (select string_agg(state) from identity.settled) as persons,
    (${tableState('terminology.current_value_set')}) as value_sets,
    (${tableState('terminology.value_set_code')}) as codes,
    (${tableState('terminology.code_display')}) as displays,
    (${tableState('(select system, code, target_system, target_code from terminology.code_mapping)')}) as mappings,
    (${tableState('(select measure_id from results.measure)')}) as measures,
    (${tableState('results.retrieve')}) as retrieves,
    (${tableState('(select measure_id, seq, library, define from results.define)')}) as defines,
    (${tableState('results.define_population')}) as populations`);
  const reads = measures.map(({ measureId, demand }) => [measureId, demand] as const);
  return createHash('sha256')
    .update(JSON.stringify([await dataState(connection), asOf, parts, reads, codeOfChecks()]))
    .digest('hex');
}

/** SQL: a text that another content of the table changes, in whatever order its rows are. */
function tableState(table: string): string {
  return `select concat_ws(' ', count(*), sum(hash(content)::hugeint)) from ${table} as content`;
}

/** The checks themselves, what they take from elsewhere, and the versions of what all of it runs on. */
export function codeOfChecks(): string {
  const libs = ['cql', 'fhir', 'quality', 'terminology', 'warehouse'].map((lib) =>
    join(__dirname, '../..', lib, 'src'),
  );
  return filesHash([...libs, join(projectRoot(), 'package-lock.json')]);
}
