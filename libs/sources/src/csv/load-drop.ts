import { rmSync } from 'node:fs';
import type { LoadReport } from '@catchment/ingest';
import { completeFiles, layIntoDone } from '../folder/drop-folder';
import { finishMoves, moveDrop } from '../folder/move-drop';
import type { PullSurroundings } from '../pull/pull-export';
import type { ConvertedExtract } from './convert/convert-extract';
import { assignFiles } from './convert/extract-files';
import { ShrinkRefused } from './convert/find-missing';
import { loadExtract } from './load-extract';
import type { Mapping } from './mapping/mapping-schema';
import { RefusedFile } from './read/decode';

/** What became of the files that lay in the folder of a CSV source. */
export interface DropReport {
  extract: ConvertedExtract | undefined;
  load: LoadReport | undefined;
  /** Names of files that were loaded. */
  done: string[];
  /** Why all files of the drop were refused; null: they were not. */
  dropRefused: string | null;
  /** Files that no table of the mapping reads. */
  unknown: string[];
  growing: string[];
  notFiles: string[];
}

/**
 * Loads the files of a folder as one extract: all of them or none. While one of them is still being written, nothing is
 * taken. What was loaded moves to `done`, with a list of the rows that were set aside; a file that cannot be read as a
 * whole takes the whole drop to `refused`, with the reason.
 * @throws Diagnostic when the load fails for another reason; the files stay then and are loaded by the next run.
 */
export async function loadDrop(
  folder: string,
  { source, mapping, staging }: { source: string; mapping: Mapping; staging: string },
  surroundings: PullSurroundings,
): Promise<DropReport> {
  const { pacing, signal } = surroundings;
  finishMoves(folder);
  const { complete, growing, notFiles } = await completeFiles(folder, pacing, signal);
  const report: DropReport = {
    extract: undefined,
    load: undefined,
    done: [],
    dropRefused: null,
    unknown: [],
    growing,
    notFiles,
  };
  if (complete.length === 0 || growing.length > 0) return report;
  const now = pacing.clock.now();
  try {
    const { unknown } = assignFiles(mapping, complete);
    const patterns = Object.values(mapping.tables).map(({ file }) => file);
    const known = complete.filter(({ path }) => !unknown.some((file) => file.path === path));
    if (known.length > 0) {
      const request = { source, mapping, files: known, folder: staging };
      Object.assign(report, await loadExtract(request, surroundings));
    }
    const { extract } = report;
    if (extract && extract.setAsideRows > 0)
      layIntoDone(folder, extract.setAsideList, 'rows-set-aside.csv', now);
    const nobodyReads = `no table of the mapping reads it; they read ${patterns.join(', ')}`;
    moveDrop(
      folder,
      complete.map((file) => ({ file, refused: known.includes(file) ? null : nobodyReads })),
      now,
    );
    report.done = known.map(({ name }) => name);
    report.unknown = unknown.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof RefusedFile) && !(error instanceof ShrinkRefused)) throw error;
    report.dropRefused = error.message;
    const refused = `all files of this drop were refused, and nothing applied: ${error.message}`;
    moveDrop(
      folder,
      complete.map((file) => ({ file, refused })),
      now,
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return report;
}
