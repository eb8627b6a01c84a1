import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, type Settings } from '@catchment/platform';
import type {
  BulkConfiguration,
  FolderConfiguration,
  Source,
  SourceFinding,
  SourceRunCounts,
  Store,
} from '@catchment/store';
import { exportRequestOf, serverOf } from '../definition/bulk-request';
import { keyOf } from '../definition/source-keys';
import { dropFolder, prepareDropFolder } from '../folder/drop-folder';
import { loadFolder } from '../folder/load-folder';
import { abandonExport, pullExport, type PullSurroundings } from '../pull/pull-export';
import { isComplete } from '../pull/pull-report';
import { findingsOfFolder, findingsOfPull } from './findings';
import { pullCsv } from './pull-csv';
import { pullSql } from './pull-sql';

/** What a pull of any kind of source brought. */
export interface PullOutcome {
  /** False where something is missing: then the next run asks for the same again. */
  complete: boolean;
  counts: SourceRunCounts;
  findings: SourceFinding[];
  /** The server's time of the export; null for files. */
  transactionTime: string | null;
  /** What the next pull begins at; null where it has to begin where this one did. */
  watermark: string | null;
}

export interface SourceSurroundings extends PullSurroundings {
  settings: Settings;
  store: Pick<Store, 'dataSource' | 'url'>;
  /** Somebody allows this one pull to take away however much is gone at the source; only databases are asked. */
  allowsLoss?: boolean;
}

/** Pulls. @param since what changed after it; null: everything */
export async function pullSource(
  source: Source,
  since: string | null,
  surroundings: SourceSurroundings,
): Promise<PullOutcome> {
  const { configuration } = source;
  switch (configuration.kind) {
    case 'bulk':
      return pullBulk(source, configuration, since, surroundings);
    case 'folder':
      return pullFolder(source, configuration, surroundings);
    case 'csv':
      return pullCsv(source, configuration, workFolder(source, surroundings.dataDir), surroundings);
    case 'sql': {
      const folder = workFolder(source, surroundings.dataDir);
      return pullSql(source, configuration, { folder, since }, surroundings);
    }
  }
}

/** What an interrupted pull left is given up: the job at the server, where it can be told, and the downloads here. */
export async function abandonPull(
  source: Source,
  {
    store,
    dataDir,
    pacing,
  }: Pick<SourceSurroundings, 'dataDir' | 'pacing'> & { store: Pick<Store, 'dataSource'> },
): Promise<void> {
  const { configuration } = source;
  const folder = workFolder(source, dataDir);
  if (!existsSync(folder)) return;
  try {
    if (configuration.kind === 'bulk') {
      const server = serverOf(configuration, await keyOf(store, source));
      await abandonExport({ server, folder }, { pacing });
    }
  } catch (error) {
    // Without its key the server cannot be told; it removes the job some day.
    if (!(error instanceof Diagnostic)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Downloads and unpacked archives of a source; apart from those of commands that name no source of the database. */
function workFolder({ id }: Source, dataDir: string): string {
  return join(dataDir, 'exports', `source-${id}`);
}

async function pullBulk(
  source: Source,
  configuration: BulkConfiguration,
  since: string | null,
  surroundings: SourceSurroundings,
): Promise<PullOutcome> {
  const request = {
    server: serverOf(configuration, await keyOf(surroundings.store, source)),
    export: exportRequestOf(configuration, since),
    source: source.name,
    folder: workFolder(source, surroundings.dataDir),
    // A source has one group at a time: another one takes its place.
    panel: 'group',
  };
  const report = await pullExport(request, surroundings);
  const { loaded, unchanged, outdated, quarantined, deleted, files } = report;
  return {
    complete: !report.empty && isComplete(report),
    counts: { loaded, unchanged, outdated, quarantined, deleted, files },
    findings: findingsOfPull(report, {
      elements: configuration.elements.length > 0,
      groupChanges: configuration.level === 'group' && since !== null,
    }),
    transactionTime: report.transactionTime,
    watermark: report.nextSince,
  };
}

async function pullFolder(
  source: Source,
  configuration: FolderConfiguration,
  surroundings: SourceSurroundings,
): Promise<PullOutcome> {
  const { dataDir, settings } = surroundings;
  const folder = dropFolder(dataDir, source.name, configuration);
  prepareDropFolder(folder, configuration, settings);
  const report = await loadFolder(folder, source.name, workFolder(source, dataDir), surroundings);
  const { loaded, unchanged, outdated, quarantined, done, refused } = report;
  return {
    complete: refused.length === 0,
    counts: { loaded, unchanged, outdated, quarantined, deleted: 0, files: done.length },
    findings: findingsOfFolder(report),
    transactionTime: null,
    watermark: null,
  };
}
