import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@catchment/platform';
import { applyEvent } from './apply-event';
import { completeLoads } from './complete-loads';
import { ensureDemand } from './ensure-demand';
import { landingFolder } from './land-file';
import { landRequest, type Landed } from './land-request';
import type { LoadEvent, PanelRecord } from './ledger';
import { readQuarantine, type LoadReport } from './load-report';
import { askDemand, defaultSource, loadProgress, type LoadRequest } from './load-request';
import { checkPanel, type Panel } from './panels';
import type { ReceivedFile } from './receive-file';

/**
 * Loads FHIR R4 files (NDJSON, Bundles, single resources; each also gzipped) into the warehouse: originals into the
 * landing zone, the load into its ledger, then deletions, then type by type into typed tables, patients first. From
 * its line in the ledger on a load counts: ended in between, in whatever way, it is completed by the next load or
 * evaluation. Loading the same again changes nothing. The time is proportional to what is new.
 *
 * @returns what became of every line; a resource that cannot be stored is set aside with file, line and reason.
 * @throws Diagnostic, naming the file, when a file as a whole cannot be read; then nothing of the load is stored.
 */
export async function loadPaths(request: LoadRequest): Promise<LoadReport> {
  const { connection, dataDir, signal } = request;
  if (request.panel) checkPanel(request.panel);
  const ledger = await completeLoads(connection, dataDir, { signal });
  const folder = join(landingFolder(dataDir), 'incoming');
  mkdirSync(folder, { recursive: true });
  try {
    const landed = await landRequest(request, folder);
    // Whoever completes this load, should it be killed, does not know what the tables are to hold.
    await ensureDemand(connection, dataDir, await askDemand(connection, request.demand));
    const event = ledger.append(eventOf(request, landed));
    const received = new Map(landed.files.map(({ file }) => [file.sha256, file]));
    const onBytes = loadProgress(request, 'storing', [...received.values()]);
    const { files, ...applied } = await applyEvent(event, {
      connection,
      dataDir,
      received,
      onBytes,
      signal,
    });
    const paths = new Map(files.map(({ fileId, path }) => [fileId, path]));
    const known = new Map(files.map((file) => [file.sha256, file.known]));
    const ofResources = landed.files.filter(({ kind }) => kind === 'resources').map(({ file }) => file);
    return {
      ...applied,
      unchanged: applied.unchanged + landed.repeated.reduce((sum, { lines }) => sum + lines, 0),
      files: [
        ...ofResources.map((file) => describe(file, known.get(file.sha256) ?? false)),
        ...landed.repeated.map((file) => describe(file, true)),
      ],
      ignored: landed.ignored,
      ...(await readQuarantine(connection, paths)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe({ path, sha256, bytes, lines }: ReceivedFile, known: boolean): LoadReport['files'][number] {
  return { path, sha256, bytes, lines, known };
}

function eventOf(
  { source = defaultSource, origin = 'files', panel }: LoadRequest,
  { files }: Landed,
): Omit<LoadEvent, 'sequence'> {
  return {
    at: systemClock.now().toISOString(),
    source,
    origin,
    files: files.map(({ kind, file: { sha256, path, bytes } }) => ({
      kind,
      sha256,
      path: kind === 'panel' ? 'a list of patients' : path,
      bytes,
    })),
    ...(panel && { panel: recordOf(panel) }),
  };
}

function recordOf(panel: Panel): PanelRecord {
  if ('ended' in panel) return panel;
  const { name, patients } = panel;
  return { name, patients: patients === 'of these files' ? patients : 'of a list' };
}
