import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadPaths, type AskedDemand, type LoadReport, type Panel } from '@catchment/ingest';
import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { BulkClient, type BulkServer, type ExportResult } from '../bulk/bulk-client';
import type { ExportRequest } from '../bulk/export-request';
import type { Pacing } from '../bulk/pacing';
import type { PullProgress } from './pull-progress';
import { isComplete, reportOf, type PullReport } from './pull-report';

/** Opens the warehouse for a piece of work and closes it after it. */
export type UseWarehouse = <T>(
  work: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

/** Where and with what a pull works. */
export interface PullSurroundings {
  dataDir: string;
  pacing: Pacing;
  useWarehouse: UseWarehouse;
  /** What the typed tables are to hold. */
  demand: AskedDemand;
  signal?: AbortSignal;
  onProgress?: (progress: PullProgress) => void;
}

export interface PullRequest {
  server: BulkServer;
  export: ExportRequest;
  /** The name of the source, which ids are unique within. */
  source: string;
  /** Folder of the downloads; the next pull of the same folder goes on with what an interrupted one left. */
  folder: string;
  /**
   * The name of the source's panel: a whole export of a group says who is evaluated, one of everybody that all are.
   * Absent: nothing is said of it.
   */
  panel?: string;
}

/** A folder for a server that is known by its address only. */
export function exportFolder(dataDir: string, source: string, endpoint: string): string {
  const name = createHash('sha256').update(`${source}\n${endpoint}`).digest('hex').slice(0, 16);
  return join(dataDir, 'exports', name);
}

/**
 * Exports, loads, gives the job back to the server and removes the downloads, in this order: what the server holds is
 * given up only when it is in the landing zone.
 * @throws Diagnostic when the export or the load fails as a whole; what was downloaded stays for the next try.
 */
export async function pullExport(request: PullRequest, surroundings: PullSurroundings): Promise<PullReport> {
  const { folder } = request;
  const client = clientOf(request, surroundings);
  const result = await client.export(folder, request.export);
  const load = await loadResult(request, result, surroundings).catch(async (error: unknown) => {
    // Files that cannot be loaded would fail the next pull, too: it is to ask for new ones.
    if (error instanceof Diagnostic && error.location.file?.startsWith(folder)) {
      await abandonExport(request, surroundings);
      throw new Diagnostic(withoutPath(error, folder), {}, { cause: error });
    }
    throw error;
  });
  const report = reportOf(request.export, result, load);
  await client.release(folder);
  rmSync(folder, { recursive: true, force: true });
  return report;
}

/** Gives up a pull that is not wanted any more: the server is told, the downloads are removed. */
export async function abandonExport(
  request: Pick<PullRequest, 'server' | 'folder'>,
  surroundings: Pick<PullSurroundings, 'pacing'>,
): Promise<void> {
  await new BulkClient(request.server, { pacing: surroundings.pacing }).release(request.folder);
  rmSync(request.folder, { recursive: true, force: true });
}

/** What is wrong with a file, by its name in the export: paths of this machine are nobody's business. */
function withoutPath({ message }: Diagnostic, folder: string): string {
  return message.replaceAll(`${folder}/`, '');
}

function clientOf({ server }: PullRequest, { pacing, signal, onProgress }: PullSurroundings): BulkClient {
  return new BulkClient(server, { pacing, signal, onProgress });
}

async function loadResult(
  request: PullRequest,
  result: ExportResult,
  { dataDir, useWarehouse, demand, signal, onProgress }: PullSurroundings,
): Promise<LoadReport | undefined> {
  const pathsOf = (kind: string): string[] =>
    result.files.filter((file) => file.kind === kind).map(({ name }) => join(request.folder, name));
  const paths = pathsOf('output');
  const deletions = pathsOf('deleted');
  if (paths.length + deletions.length === 0) return undefined;
  return useWarehouse(
    (connection) =>
      loadPaths({
        connection,
        dataDir,
        paths,
        deletions,
        source: request.source,
        panel: panelOf(request, result),
        origin: 'pull',
        demand,
        signal,
        onProgress: ({ step, done, total }) => onProgress?.({ step, bytes: done, totalBytes: total }),
      }),
    signal,
  );
}

/** Only an export with every patient, and all of it, says who is in a group: anything less would end people. */
function panelOf({ panel, export: asked }: PullRequest, result: ExportResult): Panel | undefined {
  const { target, since, types, typeFilters = [] } = asked;
  if (panel === undefined || since !== undefined) return undefined;
  const everyPatient =
    (types.length === 0 || types.includes('Patient')) &&
    !typeFilters.some((filter) => filter.startsWith('Patient?'));
  if (!everyPatient || !isComplete(result)) return undefined;
  const hasPatients = result.files.some(({ kind, lines }) => kind === 'output' && lines > 0);
  if (target.level !== 'group') return { name: panel, ended: true };
  return hasPatients ? { name: panel, patients: 'of these files' } : undefined;
}
