import { quoteIdentifier, type Connection } from '@catchment/warehouse';
import type {
  DecidedPopulation,
  EvidenceResource,
  ExplainedDefine,
  ExplainedResource,
  Explanation,
} from '../contract';
import { evidenceResource } from '../lists/patient-columns';
import type { Marts } from '../marts/marts.service';
import { groupKey } from '../measure/counts.query';
import { findMeasure } from '../measure/find-measure';
import { readCountedCodes } from './counted-codes.query';
import { readEvaluated, readGroupResults } from './results.query';

const mostEvidence = 50;

/** Every define of a measure with its result and evidence for one patient. */
export async function readExplanation(
  marts: Marts,
  patient: { pid: number; patientId: string },
  measureId: string,
): Promise<Explanation> {
  const { connection, publication } = marts;
  const { measure, groups } = await findMeasure(marts, measureId);
  const results = await readGroupResults(connection, patient.pid);
  const evaluated = await readEvaluated(connection, patient.pid, [measureId]);
  return {
    runId: publication.runId,
    patientId: patient.patientId,
    measureId,
    title: measure.title,
    version: measure.version,
    copyright: measure.copyright,
    evaluated: evaluated.has(measureId),
    notEvaluatedReason: await readReason(connection, patient.pid, measureId),
    groups: groups.map((group) => {
      const result = results.get(groupKey(group));
      return {
        groupId: group.groupId,
        title: group.title,
        populations: result?.populations ?? [],
        gap: result?.gap ?? null,
      };
    }),
    defines: await readDefines(connection, patient.pid, measureId),
  };
}

async function readReason(connection: Connection, pid: number, measureId: string): Promise<string | null> {
  const row = await connection.first<{ reason: string }>(
    'select reason from not_evaluated where measure_id = $1 and pid = $2',
    [measureId, pid],
  );
  return row?.reason ?? null;
}

interface DefineRow {
  seq: number;
  library: string;
  define: string;
  kind: ExplainedDefine['kind'];
  column: string | null;
  cql: string | null;
  locator: string | null;
}

async function readDefines(
  connection: Connection,
  pid: number,
  measureId: string,
): Promise<ExplainedDefine[]> {
  const defines = await connection.rows<DefineRow>(
    `select seq, library, define, kind, column_name as "column", cql, locator
    from define
    where measure_id = $1
    order by seq`,
    [measureId],
  );
  const values = await connection.first<Record<string, unknown>>(
    `select * from ${quoteIdentifier(`define_result_${measureId}`)} where pid = $1`,
    [pid],
  );
  const evidence = await readEvidence(connection, pid, measureId);
  const decided = await readDecided(connection, measureId);
  return defines.map(({ column, ...define }) => {
    const shown = evidence.get(define.seq);
    const value = define.kind === 'other' || column === null ? null : values?.[column];
    return {
      ...define,
      value: typeof value === 'boolean' ? value : null,
      decides: decided && (decided.get(define.seq) ?? []),
      evidence: shown?.resources ?? [],
      evidenceTotal: shown?.total ?? 0,
    };
  });
}

/**
 * By number of the define: the populations that it decides, in the order of the groups. Null for numbers that were
 * published before this was recorded.
 */
async function readDecided(
  connection: Connection,
  measureId: string,
): Promise<Map<number, DecidedPopulation[]> | null> {
  const recorded = await connection.first(
    `select 1 from duckdb_tables() where database_name = current_database() and table_name = 'define_population'`,
  );
  if (!recorded) return null;
  const rows = await connection.rows<DecidedPopulation & { seq: number }>(
    `select
        seq,
        group_id as "groupId",
        population,
        is_direct as "isDirect"
    from define_population
    where measure_id = $1
    order by seq, group_id, is_direct desc, population`,
    [measureId],
  );
  const decided = new Map<number, DecidedPopulation[]>();
  for (const { seq, ...population } of rows) decided.set(seq, [...(decided.get(seq) ?? []), population]);
  return decided;
}

interface DefineEvidence {
  total: number;
  resources: ExplainedResource[];
}

/** By number of the define: how many resources it holds, and the newest of them. */
async function readEvidence(
  connection: Connection,
  pid: number,
  measureId: string,
): Promise<Map<number, DefineEvidence>> {
  const rows = await connection.rows<{ seq: number; rid: number; total: number; resource: EvidenceResource }>(
    `select
        e.seq as "seq",
        e.rid as "rid",
        count(*) over (partition by e.seq) as "total",
        ${evidenceResource('s')} as "resource"
    from evidence as e
    inner join resource as s on s.rid = e.rid and s.pid = $1
    where e.pid = $1 and e.measure_id = $2
    qualify row_number() over (partition by e.seq order by s.date desc nulls last, s.rid desc) <= ${mostEvidence}
    order by e.seq, s.date desc nulls last, s.rid desc`,
    [pid, measureId],
  );
  const counted = await readCountedCodes(connection, pid);
  const evidence = new Map<number, DefineEvidence>();
  for (const { seq, rid, total, resource } of rows) {
    const known = evidence.get(seq) ?? { total, resources: [] };
    known.resources.push({ ...resource, countsAs: counted.get(rid) ?? [] });
    evidence.set(seq, known);
  }
  return evidence;
}
