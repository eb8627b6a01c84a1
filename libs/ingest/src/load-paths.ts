import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mergeDemands, type Demand } from '@catchment/fhir';
import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { ensureDemand } from './ensure-demand';
import { findFiles } from './find-files';
import { landFile, landingFile, landingFolder, type LandedFile } from './land-file';
import { recordFiles } from './ledger';
import { readQuarantine, type LoadReport } from './load-report';
import { receiveFile, type ReceivedFile } from './receive-file';
import { selectLanded, setLinesAside } from './select-landed';
import { landedTypes, storeType } from './store-landed';
import { ThreadCount } from './thread-count';

/** How far a load is. */
export interface LoadProgress {
  step: 'reading' | 'storing';
  /** Bytes done of this step, and of how many. */
  done: number;
  total: number;
}

export interface LoadRequest {
  connection: Connection;
  dataDir: string;
  /** Files and folders. */
  paths: readonly string[];
  /** The system that the data come from: ids are unique within it. */
  source?: string;
  /** What the typed tables are to hold after this load, besides what they hold; types met are always added. */
  demand?: Demand;
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

export const defaultSource = 'default';

/**
 * Loads FHIR R4 files (NDJSON, Bundles, single resources; each also gzipped) into the warehouse: originals into the
 * landing zone, then type by type into typed tables, patients first. Loading the same again changes nothing; a load
 * that was ended in between, in whatever way, is completed by doing it again. The time is proportional to what is new.
 *
 * @returns what became of every line; a resource that cannot be stored is quarantined with file, line and reason.
 * @throws Diagnostic, naming the file, when a file as a whole cannot be read; then nothing of the load is stored.
 */
export async function loadPaths(request: LoadRequest): Promise<LoadReport> {
  const { connection, dataDir, demand = {}, source = defaultSource, signal } = request;
  const folder = join(landingFolder(dataDir), 'incoming');
  // One process owns the warehouse: what lies here was left by one that was killed.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const threads = await ThreadCount.reduce(connection);
  try {
    const { files, repeated, ignored } = await land(request, source, folder);
    const paths = new Map(files.map(({ fileId, path }) => [fileId, path]));
    await connection.run(`delete from landing.quarantine where file_id in (${[...paths.keys()].join(', ')})`);
    await selectLanded(connection, dataDir, files);
    const report: LoadReport = {
      loaded: {},
      unchanged: repeated.reduce((sum, { lines }) => sum + lines, 0),
      quarantined: await setLinesAside(connection, dataDir, files),
      files: [...files, ...repeated].map(({ path, sha256, bytes, lines, known }) => ({
        path,
        sha256,
        bytes,
        lines,
        known,
      })),
      ignored,
      reasons: {},
      quarantine: [],
      dictionariesGrew: false,
    };
    const types = await landedTypes(connection);
    await ensureDemand(
      connection,
      dataDir,
      mergeDemands(demand, Object.fromEntries(types.map((type) => [type, {}]))),
    );
    const advance = progress(request, 'storing', files);
    for (const type of types) {
      const outcome = await storeType(type, {
        connection,
        dataDir,
        source,
        files,
        folder,
        threads,
        onBytes: advance,
        signal,
      });
      if (outcome.loaded > 0) report.loaded[type] = outcome.loaded;
      report.unchanged += outcome.unchanged;
      report.quarantined += outcome.quarantined;
      report.dictionariesGrew ||= outcome.dictionariesGrew;
    }
    return { ...report, ...(await readQuarantine(connection, paths)) };
  } finally {
    await threads.restore();
    await connection.run('drop table if exists temp.landed_line; drop table if exists temp.waiting_line');
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Landed {
  files: LandedFile[];
  /** Files with the content of another one of this load. */
  repeated: LandedFile[];
  ignored: string[];
}

/** Receives and lands all files; nothing is entered in the ledger unless all of them can be read. */
async function land(request: LoadRequest, source: string, folder: string): Promise<Landed> {
  const { connection, dataDir, paths, signal } = request;
  const found = findFiles(paths);
  const advance = progress(
    request,
    'reading',
    found.map(({ path, bytes }) => ({ path, textBytes: bytes })),
  );
  const received: ReceivedFile[] = [];
  const unpacked = new UnpackedFiles();
  const ignored: string[] = [];
  const fresh: string[] = [];
  try {
    for (const file of found) {
      const read = await receiveFile(file, { folder, onBytes: advance, signal });
      if (!read) {
        ignored.push(file.path);
        continue;
      }
      if (await landFile(connection, dataDir, read)) fresh.push(read.sha256);
      received.push(unpacked.keep(read));
    }
    if (received.length === 0) throw new Diagnostic('no FHIR files', { file: paths.join(', ') });
  } catch (error) {
    for (const sha256 of fresh) rmSync(landingFile(dataDir, sha256), { force: true });
    throw error;
  }
  const files = await recordFiles(connection, received, source);
  return { ...files, ignored };
}

/** Keeps unpacked files for the reading to come, as long as they do not fill the disk. */
class UnpackedFiles {
  private bytes = 0;

  /** Removes what is not worth keeping; it is read out of the landing zone then. */
  keep(file: ReceivedFile): ReceivedFile {
    const { path, temporary, layout } = file.text;
    if (!temporary) return file;
    if (layout === 'plain' && this.bytes + file.textBytes <= unpackedBytes) {
      this.bytes += file.textBytes;
      return file;
    }
    rmSync(path);
    return { ...file, text: { path: '', layout: 'numbered', temporary: false } };
  }
}

const unpackedBytes = 4_000_000_000;

function progress(
  { onProgress }: LoadRequest,
  step: LoadProgress['step'],
  files: readonly { textBytes: number }[],
): (bytes: number) => void {
  const total = files.reduce((sum, { textBytes }) => sum + textBytes, 0);
  let done = 0;
  return (bytes) => {
    done = Math.min(total, done + bytes);
    onProgress?.({ step, done, total });
  };
}
