import { Diagnostic } from '@catchment/platform';
import { adviceFor, dropFolder, hasEnded } from '@catchment/sources';
import {
  nextRun,
  type BulkConfiguration,
  type Source,
  type SourceConfiguration,
  type SourceMapping,
  type SourceRun,
  type SqlConfiguration,
} from '@catchment/store';
import type {
  BulkSource,
  SourceKey,
  SourceMappingVersion,
  SourceRequest,
  SourceSummary,
  SourceRun as RunAnswer,
  SourceRunCounts,
  SourceRunProgress,
  SqlSource,
} from '../clinical/contract';

/** @throws Diagnostic unless exactly one kind of source is described */
export function configurationOf({ bulk, folder, csv, sql }: SourceRequest): SourceConfiguration {
  const described: SourceConfiguration[] = [
    ...(bulk ? [{ ...bulk, kind: 'bulk' as const }] : []),
    ...(folder ? [{ ...folder, kind: 'folder' as const }] : []),
    ...(csv ? [{ ...csv, kind: 'csv' as const }] : []),
    ...(sql ? [sqlConfiguration(sql)] : []),
  ];
  if (described.length === 1) return described[0]!;
  throw new Diagnostic(
    'a source is one of `bulk` (a FHIR server), `folder` (FHIR files), `csv` (CSV extracts) and `sql` (a database)',
  );
}

function sqlConfiguration({ table, query, ...rest }: SqlSource): SqlConfiguration {
  if ((table === null) === (query === null)) throw new Diagnostic('a database is read by a table or a query');
  const relation = table === null ? { query: query ?? '' } : { table };
  return { ...rest, relation, kind: 'sql' };
}

function sqlOf({ relation, ...rest }: SqlConfiguration): SqlSource {
  const { host, port, database, user, tls, authority } = rest;
  const { resourceColumn, changedColumn, deletedColumn, removesMissing, overlapMinutes } = rest;
  return {
    host,
    port,
    database,
    user,
    tls,
    authority,
    table: 'table' in relation ? relation.table : null,
    query: 'query' in relation ? relation.query : null,
    resourceColumn,
    changedColumn,
    deletedColumn,
    removesMissing,
    overlapMinutes,
  };
}

export function mappingVersion(mapping: SourceMapping): SourceMappingVersion {
  const { version, fileName, createdBy, createdAt } = mapping;
  return { version, fileName, createdBy, createdAt: createdAt.toISOString() };
}

export function summaryOf(
  source: Source,
  lastRun: SourceRun | null,
  surroundings: { dataDir: string; now: Date; hasPassword: boolean; mapping: SourceMapping | null },
): SourceSummary {
  const { id, name, configuration, cron, timeZone, enabled } = source;
  return {
    sourceId: id,
    name,
    kind: configuration.kind,
    bulk: configuration.kind === 'bulk' ? bulkOf(configuration) : null,
    folder: configuration.kind === 'folder' ? { path: configuration.path } : null,
    csv: configuration.kind === 'csv' ? { path: configuration.path } : null,
    sql: configuration.kind === 'sql' ? sqlOf(configuration) : null,
    dropFolder:
      configuration.kind === 'folder' || configuration.kind === 'csv'
        ? dropFolder(surroundings.dataDir, name, configuration)
        : null,
    cron,
    timeZone,
    enabled,
    evaluateAfter: source.evaluateAfter,
    fullEveryDays: source.fullEveryDays,
    watermark: source.watermark,
    lastFullAt: source.lastFullAt?.toISOString() ?? null,
    nextRun:
      enabled && cron !== null && timeZone !== null
        ? nextRun({ cron, timeZone }, surroundings.now).toISOString()
        : null,
    key: keyOf(source),
    hasPassword: surroundings.hasPassword,
    mapping: surroundings.mapping && mappingVersion(surroundings.mapping),
    createdBy: source.createdBy,
    lastRun: lastRun && runOf(source, lastRun),
  };
}

function bulkOf(configuration: BulkConfiguration): BulkSource {
  const { endpoint, level, groupId, types, typeFilters, elements } = configuration;
  const { method, clientId, tokenUrl, scope, fileHosts } = configuration;
  return {
    endpoint,
    level,
    groupId,
    types,
    typeFilters,
    elements,
    method,
    clientId,
    tokenUrl,
    scope,
    fileHosts,
  };
}

function keyOf({ publicKey }: Source): SourceKey | null {
  if (!publicKey) return null;
  const { kid, alg } = publicKey as { kid: string; alg: string };
  return { kid, alg, jwk: JSON.stringify(publicKey) };
}

export function runOf({ name }: Pick<Source, 'name'>, run: SourceRun): RunAnswer {
  return {
    runId: run.id,
    sourceId: run.sourceId,
    sourceName: name,
    state: run.state,
    startedBy: run.startedBy,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    attempts: run.attempts,
    since: run.since,
    progress: progressOf(run),
    cancelRequested: run.cancelRequestedAt !== null,
    transactionTime: run.transactionTime,
    counts: countsOf(run),
    findings: run.findings.map((finding) => ({ ...finding, advice: adviceFor(finding.code) })),
    error: run.error,
    evaluationRunId: run.evaluationRunId,
  };
}

function progressOf({ state, progress }: SourceRun): SourceRunProgress | null {
  if (hasEnded(state) || !progress) return null;
  const { step, said, filesDone, filesTotal, bytes, totalBytes } = progress;
  return {
    step,
    said: said ?? null,
    filesDone: filesDone ?? null,
    filesTotal: filesTotal ?? null,
    bytes: bytes ?? null,
    totalBytes: totalBytes ?? null,
  };
}

function countsOf({ counts }: SourceRun): SourceRunCounts | null {
  if (!counts) return null;
  const loaded = Object.entries(counts.loaded).map(([type, count]) => ({ type, count }));
  return { ...counts, loaded };
}
