import { Diagnostic } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';
import { populationCodes } from '../definition/definition';
import { columnOf } from '../populations/dependency';
import type { ExplainedGroup, ExplainedResult, Explanation, ResourceReference } from './explanation';

export interface ExplainRequest {
  measureId: string;
  /** FHIR id of the Patient. */
  patientId: string;
  /** Needed when several sources have a patient of this id. */
  source?: string;
}

/**
 * Explains one patient's results of one measure, from the results that the warehouse holds.
 * @throws Diagnostic when the last run did not evaluate the measure, and for an unknown or ambiguous patient. Its text
 * does not repeat the patient's id.
 */
export async function explainPatient(connection: Connection, request: ExplainRequest): Promise<Explanation> {
  const measure = await findMeasure(connection, request.measureId);
  const { pid, ...patient } = await findPatient(connection, request);
  const { measureId } = request;
  return {
    patient,
    measureId,
    ...measure,
    ...(await readNotEvaluated(connection, measureId, pid)),
    groups: await readGroups(connection, measureId, pid),
    defines: await readDefines(connection, measureId, pid),
  };
}

async function findMeasure(
  connection: Connection,
  measureId: string,
): Promise<Pick<Explanation, 'title' | 'run'>> {
  const table = await connection.first(
    `select 1 from information_schema.tables
     where table_catalog = current_database() and table_schema = 'results' and table_name = 'measure'`,
  );
  const found =
    table &&
    (await connection.first<{ title: string; runId: string; periodStart: string; periodEnd: string }>(
      `select measure.title, run.run_id as "runId", run.period_start::varchar as "periodStart",
         run.period_end::varchar as "periodEnd"
       from results.measure as measure cross join results.run as run where measure_id = $1`,
      [measureId],
    ));
  if (!found) throw new Diagnostic(`the last evaluation run has no results of measure ${measureId}`);
  const { title, ...run } = found;
  return { title, run };
}

async function findPatient(
  connection: Connection,
  { patientId, source }: ExplainRequest,
): Promise<{ pid: number; source: string; id: string }> {
  const found = await connection.rows<{ pid: number; source: string; id: string; leaver: boolean }>(
    `select person_pid as pid, source, id, pid in (select pid from registry.leaver) as leaver
     from identity.record where id = $1 and ($2::varchar is null or source = $2) order by source`,
    [patientId, source ?? null],
  );
  if (found.length === 0) throw new Diagnostic('the warehouse has no patient of this id');
  if (found.length > 1) {
    throw new Diagnostic(
      `several sources have a patient of this id: ${found.map((row) => row.source).join(', ')}`,
    );
  }
  if (found[0]!.leaver)
    throw new Diagnostic('the patient is in no panel of the source any more and is not evaluated');
  return found[0]!;
}

async function readNotEvaluated(
  connection: Connection,
  measureId: string,
  pid: number,
): Promise<Pick<Explanation, 'notEvaluated'>> {
  const row = await connection.first<{ reason: string }>(
    'select reason from results.not_evaluated where measure_id = $1 and pid = $2',
    [measureId, pid],
  );
  return row ? { notEvaluated: row.reason } : {};
}

async function readGroups(connection: Connection, measureId: string, pid: number): Promise<ExplainedGroup[]> {
  const groups = await connection.rows<{ group_id: string }>(
    'select group_id from results.measure_group where measure_id = $1',
    [measureId],
  );
  const rows = await connection.rows<Record<string, unknown>>(
    `select result.*, episode.type as episode_type, episode.id as episode_id
     from results.population_result as result
     left join registry.resource as episode on episode.rid = result.episode_rid
     where measure_id = $1 and result.pid = $2
     order by group_id, episode_rid`,
    [measureId, pid],
  );
  return groups.map(({ group_id: groupId }) => ({
    groupId,
    members: rows
      .filter((row) => row.group_id === groupId)
      .map((row) => ({
        ...(typeof row.episode_type === 'string' && typeof row.episode_id === 'string'
          ? { episode: { type: row.episode_type, id: row.episode_id } }
          : {}),
        populations: Object.fromEntries(
          populationCodes.flatMap((code) => {
            const value = row[columnOf(code)];
            return typeof value === 'boolean' ? [[code, value]] : [];
          }),
        ),
        ...(typeof row.observation === 'number' ? { observation: row.observation } : {}),
      })),
  }));
}

interface DefineRow {
  seq: number;
  library: string;
  define: string;
  kind: ExplainedResult['kind'];
  column_name: string;
  cql: string | null;
  locator: string | null;
}

async function readDefines(
  connection: Connection,
  measureId: string,
  pid: number,
): Promise<ExplainedResult[]> {
  const defines = await connection.rows<DefineRow>(
    'select * exclude (measure_id) from results.define where measure_id = $1 order by seq',
    [measureId],
  );
  const table = `results.${quoteIdentifier(`define_result_${measureId}`)}`;
  const values =
    (await connection.first<Record<string, boolean | null>>(`select * from ${table} where pid = $1`, [
      pid,
    ])) ?? {};
  const evidence = await connection.rows<ResourceReference & { seq: number }>(
    `select seq, resource.type, resource.id
     from results.evidence join registry.resource as resource using (rid)
     where measure_id = ${quoteLiteral(measureId)} and evidence.pid = $1
     order by seq, resource.type, resource.id`,
    [pid],
  );
  return defines.map(({ seq, library, define, kind, column_name: column, cql, locator }) => ({
    library,
    define,
    kind,
    value: values[column] ?? null,
    evidence: evidence.filter((row) => row.seq === seq).map(({ type, id }) => ({ type, id })),
    cql: cql ?? undefined,
    locator: locator ?? undefined,
  }));
}
