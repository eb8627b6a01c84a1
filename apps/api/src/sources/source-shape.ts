import { Diagnostic } from '@catchment/platform';
import { adviceFor, dropFolder, hasEnded } from '@catchment/sources';
import {
  nextRun,
  type BulkConfiguration,
  type Source,
  type SourceConfiguration,
  type SourceRun,
} from '@catchment/store';
import type {
  BulkSource,
  SourceKey,
  SourceRequest,
  SourceSummary,
  SourceRun as RunAnswer,
  SourceRunCounts,
  SourceRunProgress,
} from '../clinical/contract';

/** @throws Diagnostic unless exactly one kind of source is described */
export function configurationOf({ bulk, folder }: SourceRequest): SourceConfiguration {
  if (bulk && !folder) return { ...bulk, kind: 'bulk' };
  if (folder && !bulk) return { ...folder, kind: 'folder' };
  throw new Diagnostic('a source is either `bulk` (a FHIR server) or `folder` (files)');
}

export function summaryOf(
  source: Source,
  lastRun: SourceRun | null,
  surroundings: { dataDir: string; now: Date },
): SourceSummary {
  const { id, name, configuration, cron, timeZone, enabled } = source;
  return {
    sourceId: id,
    name,
    kind: configuration.kind,
    bulk: configuration.kind === 'bulk' ? bulkOf(configuration) : null,
    folder: configuration.kind === 'folder' ? { path: configuration.path } : null,
    dropFolder:
      configuration.kind === 'folder' ? dropFolder(surroundings.dataDir, name, configuration) : null,
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
