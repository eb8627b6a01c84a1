import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, type Settings } from '@catchment/platform';
import type { CsvConfiguration, FolderConfiguration } from '@catchment/store';
import { isWithin } from '../definition/check-source';
import type { Pacing } from '../bulk/pacing';

/** A file that lies in a drop folder. */
export interface DroppedFile {
  name: string;
  path: string;
  bytes: number;
}

/** What a look into a drop folder found. */
export interface Dropped {
  /** Files that nobody writes to any more. */
  complete: DroppedFile[];
  /** Names of files that are still being written, or look like it. */
  growing: string[];
  /** Names of what is no plain file: folders, links. */
  notFiles: string[];
}

/** Where files of a source are laid: its own folder below the data folder unless it has another. */
export function dropFolder(
  dataDir: string,
  name: string,
  { path }: FolderConfiguration | CsvConfiguration,
): string {
  return path ?? join(dataDir, 'drop', name);
}

/**
 * Makes the folder with its `done` and `refused`.
 * @throws Diagnostic when it cannot be written, or a link leads out of what SOURCE_FOLDERS allows.
 */
export function prepareDropFolder(
  folder: string,
  { path }: FolderConfiguration | CsvConfiguration,
  settings: Settings,
): void {
  try {
    // A folder of somebody else is there already, or its disk is not mounted: then it is not made.
    if (path === null) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const real = realpathSync(folder);
    const roots = (settings.sourceFolders ?? []).map((root) => realpathSync(root));
    if (path !== null && !roots.some((root) => isWithin(real, root)))
      throw new Diagnostic('a link leads out of the folders that SOURCE_FOLDERS names', { file: folder });
    for (const name of ['done', 'refused']) mkdirSync(join(folder, name), { recursive: true });
  } catch (error) {
    if (error instanceof Diagnostic) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read and written (${code ?? 'unknown'})`;
    throw new Diagnostic(`the folder of the source ${reason}`, { file: folder }, { cause: error });
  }
}

/** Suffixes that programs give a file while they write it. */
const partial = /\.(part|partial|tmp|temp|filepart|crdownload|download|writing|swp)$|~$/i;

/** The files as they are now, hidden ones left out. */
export function look(folder: string): { files: (DroppedFile & { changedAt: number })[]; notFiles: string[] } {
  const files: (DroppedFile & { changedAt: number })[] = [];
  const notFiles: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('.') || name === 'done' || name === 'refused') continue;
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    if (stats.isFile()) files.push({ name, path, bytes: stats.size, changedAt: stats.mtimeMs });
    else notFiles.push(name);
  }
  return { files, notFiles };
}

const pause = 3_000;

/** Two looks, some seconds apart: a file whose size or time changed, or whose name says so, is not complete. */
export async function completeFiles(folder: string, pacing: Pacing, signal?: AbortSignal): Promise<Dropped> {
  const before = new Map(look(folder).files.map((file) => [file.name, file]));
  if (before.size > 0) await pacing.sleep(pause, signal);
  const { files, notFiles } = look(folder);
  const isComplete = ({ name, bytes, changedAt }: (typeof files)[number]): boolean => {
    const known = before.get(name);
    return known?.bytes === bytes && known.changedAt === changedAt && !partial.test(name);
  };
  return {
    complete: files.filter(isComplete).map(({ name, path, bytes }) => ({ name, path, bytes })),
    growing: files.filter((file) => !isComplete(file)).map(({ name }) => name),
    notFiles,
  };
}

/** Could a run take any of it? Whoever watches asks this often. */
export function fingerprint(folder: string): string {
  const { files } = look(folder);
  return files
    .filter(({ name }) => !partial.test(name))
    .map(({ name, bytes, changedAt }) => `${name} ${bytes} ${changedAt}`)
    .join('\n');
}

/** Moves a file that was loaded. */
export function moveToDone(folder: string, { name, path }: DroppedFile, at: Date): void {
  renameSync(path, join(folder, 'done', stamped(name, at)));
}

/** Lays a file about loaded ones beside them; it may come from another disk. */
export function layIntoDone(folder: string, from: string, name: string, at: Date): void {
  copyFileSync(from, join(folder, 'done', stamped(name, at)));
}

/** Moves a file that was not loaded, and lays the reason beside it. */
export function moveToRefused(folder: string, { name, path }: DroppedFile, at: Date, reason: string): void {
  const target = join(folder, 'refused', stamped(name, at));
  writeFileSync(`${target}.reason.txt`, `${reason}\n`);
  renameSync(path, target);
}

/** A file of the same name may come every day. */
function stamped(name: string, at: Date): string {
  return `${at.toISOString().replace(/[-:]|\.\d+/g, '')}-${name}`;
}
