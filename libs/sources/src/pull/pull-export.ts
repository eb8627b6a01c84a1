import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Demand } from '@catchment/fhir';
import { loadPaths } from '@catchment/ingest';
import type { Connection } from '@catchment/warehouse';
import { BulkClient, type BulkServer } from '../bulk/bulk-client';
import type { ExportRequest } from '../bulk/export-request';
import type { Pacing } from '../bulk/pacing';
import { countDeletions } from './count-deletions';
import type { PullProgress } from './pull-progress';
import { reportOf, type PullReport } from './pull-report';

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
  demand: Demand;
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
  const pathsOf = (kind: string): string[] =>
    result.files.filter((file) => file.kind === kind).map(({ name }) => join(folder, name));
  const deletions = await countDeletions(pathsOf('deleted'));
  const output = pathsOf('output');
  const loaded = output.length > 0 ? await load(output, request.source, surroundings) : undefined;
  const report = reportOf(request.export, result, loaded, deletions);
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

function clientOf({ server }: PullRequest, { pacing, signal, onProgress }: PullSurroundings): BulkClient {
  return new BulkClient(server, { pacing, signal, onProgress });
}

async function load(paths: readonly string[], source: string, surroundings: PullSurroundings) {
  const { dataDir, useWarehouse, demand, signal, onProgress } = surroundings;
  return useWarehouse(
    (connection) =>
      loadPaths({
        connection,
        dataDir,
        paths,
        source,
        demand,
        signal,
        onProgress: ({ step, done, total }) => onProgress?.({ step, bytes: done, totalBytes: total }),
      }),
    signal,
  );
}
