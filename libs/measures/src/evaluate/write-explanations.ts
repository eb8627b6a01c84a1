import { quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';
import { notEvaluatedOf } from '../populations/result-tables';
import type { CompiledMeasure } from './compile-measure';
import { explainedDefines, type ExplainedDefine } from './explained-defines';

/** Columns per statement: DuckDB plans a join of all defines much longer than it runs it. */
const batchSize = 16;

/**
 * Writes what explains a measure whose program has run: its defines and what they decide, one row of Booleans per
 * patient, and the resources that list defines hold (docs/data-model.md, Results).
 */
export async function writeExplanations(connection: Connection, measure: CompiledMeasure): Promise<void> {
  const measureId = measure.definition.id;
  const defines = explainedDefines(measure);
  await writeDefines(connection, measureId, defines);
  await writeDefineResults(connection, measureId, defines);
  await writeEvidence(connection, measureId, defines);
}

async function writeEvidence(
  connection: Connection,
  measureId: string,
  defines: readonly ExplainedDefine[],
): Promise<void> {
  const lists = defines.filter(({ output }) => output.table && output.rid);
  for (let start = 0; start < lists.length; start += batchSize) {
    const rows = lists
      .slice(start, start + batchSize)
      .map(({ seq, output: { table, rid } }) => `select ${seq} as seq, pid, ${rid} as rid from ${table}`);
    await connection.run(
      `insert into results.evidence
       select distinct ${quoteLiteral(measureId)}, seq, pid, rid -- a list may hold a resource twice
       from (${rows.join(' union all ')})
       where rid is not null and pid not in ${notEvaluatedOf(measureId)}`,
    );
  }
}

async function writeDefines(
  connection: Connection,
  measureId: string,
  defines: readonly ExplainedDefine[],
): Promise<void> {
  const rows = defines.map(({ seq, output, kind, column, cql, locator }) => ({
    seq,
    library: output.library,
    define: output.define,
    kind,
    column_name: column,
    cql,
    locator,
  }));
  const columns = `{"seq": "INTEGER", "library": "VARCHAR", "define": "VARCHAR", "kind": "VARCHAR",
    "column_name": "VARCHAR", "cql": "VARCHAR", "locator": "VARCHAR"}`;
  await connection.run(
    `insert into results.define (measure_id, seq, library, define, kind, column_name, cql, locator)
     select $1, row.seq, row.library, row.define, row.kind, row.column_name, row.cql, row.locator
     from (select unnest(from_json($2, '[${columns}]')) as row)`,
    [measureId, JSON.stringify(rows)],
  );
  const decided = defines.flatMap(({ seq, decides }) =>
    decides.map(({ groupId, population, isDirect }) => ({
      seq,
      group_id: groupId,
      population,
      is_direct: isDirect,
    })),
  );
  const decidedColumns = `{"seq": "INTEGER", "group_id": "VARCHAR", "population": "VARCHAR", "is_direct": "BOOLEAN"}`;
  await connection.run(
    `insert into results.define_population (measure_id, seq, group_id, population, is_direct)
     select $1, row.seq, row.group_id, row.population, row.is_direct
     from (select unnest(from_json($2, '[${decidedColumns}]')) as row)`,
    [measureId, JSON.stringify(decided)],
  );
}

async function writeDefineResults(
  connection: Connection,
  measureId: string,
  defines: readonly ExplainedDefine[],
): Promise<void> {
  const target = `results.${quoteIdentifier(`define_result_${measureId}`)}`;
  const parts: string[] = [];
  for (let start = 0; start < defines.length; start += batchSize) {
    const part = `temp.define_part_${parts.length}`;
    parts.push(part);
    await connection.run(
      `create or replace temp table ${part.slice(5)} as ${wide(defines.slice(start, start + batchSize))}`,
    );
  }
  const columns = defines.map(({ column }) => `, ${column}`).join('');
  const joins = parts.map((part) => `left join ${part} using (pid)`).join(' ');
  await connection.run(
    `create or replace table ${target} as select subject.pid${columns} from registry.subject as subject ${joins}
     where subject.pid not in ${notEvaluatedOf(measureId)}`,
  );
  for (const part of parts) await connection.run(`drop table ${part}`);
}

/** One row per patient with a column per define: its value, or whether there is any. */
function wide(defines: readonly ExplainedDefine[]): string {
  const columns = defines.map((define) => `, ${valueOf(define)} as ${define.column}`).join('');
  const joins = defines.map(joinOf).join(' ');
  return `select subject.pid${columns} from registry.subject as subject ${joins}`;
}

function valueOf({ output, column }: ExplainedDefine): string {
  switch (output.kind) {
    case 'boolean':
      return `${column}_source.${output.value}`;
    case 'other':
      return `coalesce(${column}_source.${output.value}, false)`;
    case 'rows':
      return `${column}_source.pid is not null`;
    case 'constant':
      return `${output.value ?? 'null'}::boolean`;
  }
}

function joinOf({ output, column }: ExplainedDefine): string {
  if (!output.table) return '';
  const rows = output.kind === 'rows' ? `(select distinct pid from ${output.table})` : output.table;
  return `left join ${rows} as ${column}_source on ${column}_source.pid = subject.pid`;
}
