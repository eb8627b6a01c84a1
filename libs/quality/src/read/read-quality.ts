import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import type { CheckClass, Severity } from '../checks/check';
import type { Grade } from '../grades/grade';

export interface GradePoint {
  runId: string;
  /** Instant up to which the data were known. */
  dataAsOf: string;
  grade: Grade;
}

export interface SourceQuality {
  source: string;
  patients: number;
  resources: number;
  /** Share of usable data, 0…1; null when there is nothing to judge. */
  score: number | null;
  grade: Grade;
  /** Oldest first. */
  trend: GradePoint[];
}

export interface Finding {
  check: string;
  class: CheckClass;
  severity: Severity;
  source: string;
  type: string | null;
  element: string | null;
  /** After the share: `have no date`. */
  sentence: string;
  affected: number;
  total: number | null;
  /** Ids of up to five resources. */
  examples: string[];
}

export interface MeasureQuality {
  measureId: string;
  title: string;
  score: number | null;
  grade: Grade;
  reason: string;
  trend: GradePoint[];
}

export interface MeasureInput {
  type: string;
  name: string;
  canonical: string | null;
  populations: string[];
  /** 3: decides who counts; 1: takes somebody out. */
  weight: number;
  resources: number;
  usable: number;
}

export interface MeasureFinding {
  check: string;
  severity: Severity;
  type: string;
  element: string | null;
  name: string;
  sentence: string;
  affected: number;
  total: number;
}

export interface UnmappedCode {
  type: string;
  system: string | null;
  code: string;
  display: string | null;
  patients: number;
  resources: number;
  likeness: 'other-system-name' | 'other-code-form' | 'same-display' | 'similar-display' | 'local-system';
  target: { system: string; code: string; display: string | null } | null;
}

/**
 * Were the data of these published numbers checked, as they are today? Versions before published numbers too; the
 * youngest column of what is read here tells them apart.
 */
export async function hasChecks(connection: Connection): Promise<boolean> {
  const found = await connection.first(
    `select 1 from duckdb_columns()
     where database_name = current_database() and table_name = 'mapping_target' and column_name = 'display'`,
  );
  return found !== undefined;
}

/** @throws Diagnostic when they were not */
export async function requireChecks(connection: Connection): Promise<void> {
  if (await hasChecks(connection)) return;
  throw new Diagnostic(
    'the data of the published numbers were not checked: an earlier version published them; start an evaluation run',
  );
}

/** The quality of the published data by source and by measure. All connections are to published marts. */
export async function readQuality(
  connection: Connection,
): Promise<{ sources: SourceQuality[]; findings: Finding[]; measures: MeasureQuality[] }> {
  await requireChecks(connection);
  const points = await connection.rows<GradePoint & { scope: string; id: string }>(
    `select scope, id, run_id as "runId", strftime(data_as_of, '%Y-%m-%dT%H:%M:%SZ') as "dataAsOf", grade
     from quality_history order by data_as_of, run_id`,
  );
  const trendOf = (scope: string, of: string): GradePoint[] =>
    points
      .filter((point) => point.scope === scope && point.id === of)
      .map(({ runId, dataAsOf, grade }) => ({ runId, dataAsOf, grade }))
      .slice(-longestTrend);
  const sources = await connection.rows<Omit<SourceQuality, 'trend'>>(
    'select source, patients, resources, score, grade from quality_source order by source',
  );
  const measures = await connection.rows<Omit<MeasureQuality, 'trend'>>(
    `select quality.measure_id as "measureId", measure.title, quality.score, quality.grade, quality.reason
     from quality_measure as quality
     join measure using (measure_id)
     order by quality.grade desc, measure.title, quality.measure_id`,
  );
  const findings = await connection.rows<Finding>(
    `select check_id as "check", class, severity, source, type, element, sentence, affected, total, examples
     from quality_finding
     order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, affected desc, source, type, check_id, element`,
  );
  return {
    sources: sources.map((each) => ({ ...each, trend: trendOf('source', each.source) })),
    measures: measures.map((each) => ({ ...each, trend: trendOf('measure', each.measureId) })),
    findings,
  };
}

const longestTrend = 12;

export interface MeasureGrade {
  grade: Grade;
  /** Sentences for people; no ids. */
  reason: string;
}

/** How far the data of each measure can be trusted, by its id; empty for numbers from before the checks. */
export async function readMeasureGrades(connection: Connection): Promise<ReadonlyMap<string, MeasureGrade>> {
  if (!(await hasChecks(connection))) return new Map();
  const rows = await connection.rows<MeasureGrade & { measureId: string }>(
    'select measure_id as "measureId", grade, reason from quality_measure',
  );
  return new Map(rows.map(({ measureId, grade, reason }) => [measureId, { grade, reason }]));
}

/** What a measure reads and what is wrong with it; undefined for a measure that has no grade. */
export async function readMeasureQuality(
  connection: Connection,
  measureId: string,
): Promise<(MeasureQuality & { inputs: MeasureInput[]; findings: MeasureFinding[] }) | undefined> {
  const found = (await readQuality(connection)).measures.find((each) => each.measureId === measureId);
  if (!found) return undefined;
  const inputs = await connection.rows<MeasureInput>(
    `select type, name, canonical, populations, weight, resources, usable from quality_measure_input
     where measure_id = $1 order by weight desc, type, name, canonical`,
    [measureId],
  );
  const findings = await connection.rows<MeasureFinding>(
    `select check_id as "check", severity, type, element, name, sentence, affected, total from quality_measure_finding
     where measure_id = $1 order by affected desc, type, name, check_id, element`,
    [measureId],
  );
  return { ...found, inputs, findings };
}

/** Codes that measures look for and no value set knows, those of most patients first. */
export async function readUnmappedCodes(connection: Connection, limit = 200): Promise<UnmappedCode[]> {
  await requireChecks(connection);
  const rows = await connection.rows<
    Omit<UnmappedCode, 'target'> & {
      target_system: string | null;
      target_code: string;
      target_display: string | null;
    }
  >(
    `select type, system, code, display, patients, resources, likeness, target_system, target_code, target_display
     from unmapped_code order by patients desc, type, system, code limit $1`,
    [limit],
  );
  return rows.map(({ target_system: system, target_code: code, target_display: display, ...each }) => ({
    ...each,
    target: system === null ? null : { system, code, display },
  }));
}

/** `36 %`; less than one percent and not nothing is `< 1 %`. */
export function shareText(affected: number, total: number | null): string {
  if (total === null || total === 0) return String(affected);
  const share = (100 * affected) / total;
  return share < 1 ? '< 1 %' : `${Math.floor(share)} %`;
}
