import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadPaths, type LoadReport } from '@catchment/ingest';
import { Diagnostic } from '@catchment/platform';
import type { PullSurroundings } from '../pull/pull-export';
import { completeFiles, moveToDone, moveToRefused, type DroppedFile } from './drop-folder';
import { isZip, RefusedArchive, unpackZip } from './unpack-zip';

/** What became of the files of a folder. */
export interface FolderReport {
  loaded: Record<string, number>;
  unchanged: number;
  outdated: number;
  quarantined: number;
  reasons: LoadReport['reasons'];
  /** Names of files that were loaded. */
  done: string[];
  refused: { file: string; reason: string }[];
  /** Names of files that are still being written. */
  growing: string[];
  /** What is no file, and files of archives that hold no FHIR. */
  notRead: string[];
}

/** A file that waits, and what is to be loaded for it. */
interface Item {
  file: DroppedFile;
  /** The file itself, or the folder that its archive was unpacked into. */
  path: string;
  /** The archive's names by path; absent for other files. */
  entries?: Map<string, string>;
}

/**
 * Loads the complete files of a folder, in one load, so that patients of one file are known to the others: NDJSON,
 * Bundles and resources, each also gzipped, and zip archives of them. What was loaded moves to `done`, what cannot be
 * read as a whole to `refused` with the reason; a file that is refused keeps no other from being loaded.
 * @throws Diagnostic when the load fails for another reason; the files stay then and are loaded by the next run.
 */
export async function loadFolder(
  folder: string,
  source: string,
  staging: string,
  surroundings: PullSurroundings,
): Promise<FolderReport> {
  const { pacing, signal } = surroundings;
  const { complete, growing, notFiles } = await completeFiles(folder, pacing, signal);
  const now = pacing.clock.now();
  const report: FolderReport = {
    ...nothing,
    done: [],
    refused: [],
    growing,
    notRead: [...notFiles],
  };
  const refuse = ({ file }: Pick<Item, 'file'>, reason: string): void => {
    moveToRefused(folder, file, now, reason);
    report.refused.push({ file: file.name, reason });
  };
  rmSync(staging, { recursive: true, force: true });
  try {
    const items = await unpackAll(complete, staging, refuse, signal);
    const load = await loadWhatCanBe(items, source, surroundings, refuse);
    if (!load) return report;
    const { loaded, unchanged, outdated, quarantined, reasons, files, ignored } = load;
    Object.assign(report, { loaded, unchanged, outdated, quarantined, reasons });
    for (const item of items) {
      const read = files.some(({ path }) => holds(item, path));
      if (!read) {
        refuse(item, 'the archive holds no FHIR');
        continue;
      }
      report.notRead.push(
        ...ignored
          .filter((path) => holds(item, path))
          .map((path) => `${item.file.name}!/${nameIn(item, path)}`),
      );
      moveToDone(folder, item.file, now);
      report.done.push(item.file.name);
    }
    return report;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

const nothing = { loaded: {}, unchanged: 0, outdated: 0, quarantined: 0, reasons: {} };

async function unpackAll(
  files: readonly DroppedFile[],
  staging: string,
  refuse: (item: Pick<Item, 'file'>, reason: string) => void,
  signal?: AbortSignal,
): Promise<Item[]> {
  const items: Item[] = [];
  for (const [index, file] of files.entries()) {
    if (!isZip(file.path)) {
      items.push({ file, path: file.path });
      continue;
    }
    const path = join(staging, String(index));
    try {
      items.push({ file, path, entries: await unpackZip(file.path, path, signal) });
    } catch (error) {
      if (!(error instanceof RefusedArchive)) throw error;
      rmSync(path, { recursive: true, force: true });
      refuse({ file }, error.message);
    }
  }
  return items;
}

/** Loads; a file that is no FHIR as a whole is refused and the others are tried again. Removes it from the items. */
async function loadWhatCanBe(
  items: Item[],
  source: string,
  { dataDir, useWarehouse, demand, signal, onProgress }: PullSurroundings,
  refuse: (item: Item, reason: string) => void,
): Promise<LoadReport | undefined> {
  while (items.length > 0) {
    const paths = items.map(({ path }) => path);
    try {
      return await useWarehouse(
        (connection) =>
          loadPaths({
            connection,
            dataDir,
            paths,
            source,
            origin: 'folder',
            demand,
            signal,
            onProgress: ({ step, done, total }) => onProgress?.({ step, bytes: done, totalBytes: total }),
          }),
        signal,
      );
    } catch (error) {
      const wrong = items.filter((item) => isAbout(error, item, paths));
      if (wrong.length === 0) throw error;
      for (const item of wrong) {
        refuse(item, reasonFor(error as Diagnostic, item));
        items.splice(items.indexOf(item), 1);
      }
    }
  }
  return undefined;
}

/** Does the error name a file of the item? Where nothing at all is FHIR, it names all paths. */
function isAbout(error: unknown, item: Item, paths: readonly string[]): boolean {
  if (!(error instanceof Diagnostic)) return false;
  const { file } = error.location;
  return file !== undefined && (holds(item, file) || file === paths.join(', '));
}

function holds({ path, entries }: Item, file: string): boolean {
  return file === path || (entries?.has(file) ?? false);
}

function nameIn({ entries }: Item, path: string): string {
  return entries?.get(path) ?? basename(path);
}

/** The message with the names that the sender knows, instead of paths of this machine. */
function reasonFor(error: Diagnostic, item: Item): string {
  const { file = '' } = error.location;
  return error.message.replaceAll(file, file === item.path ? item.file.name : nameIn(item, file));
}
