import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '@catchment/platform';
import { moveToDone, moveToRefused, type DroppedFile } from './drop-folder';

/** Where a file of a drop goes. */
export interface Move {
  file: DroppedFile;
  /** Why it is refused; null: it was loaded. */
  refused: string | null;
}

interface Noted {
  name: string;
  bytes: number;
  changedAt: number;
  refused: string | null;
}

/** Lies where nobody looks for files of a drop. */
const notesOf = (folder: string): string => join(folder, 'done', '.moves.json');

/**
 * Moves the files of a drop, all of them: where the process is killed meanwhile, `finishMoves` goes on. Those that were
 * left behind would be taken for a drop of their own, and what only the others name for gone.
 */
export function moveDrop(folder: string, moves: readonly Move[], at: Date): void {
  const files = moves.map(({ file: { name, path, bytes }, refused }): Noted => {
    return { name, bytes, changedAt: lstatSync(path).mtimeMs, refused };
  });
  writeFileAtomic(notesOf(folder), JSON.stringify({ at: at.toISOString(), files }));
  finishMoves(folder);
}

/** Does what is left of moves; a file that came under the name of one stays. To be called before a drop is looked at. */
export function finishMoves(folder: string): void {
  const notes = notesOf(folder);
  if (!existsSync(notes)) return;
  const { at, files } = JSON.parse(readFileSync(notes, 'utf8')) as { at: string; files: Noted[] };
  for (const { name, bytes, changedAt, refused } of files) {
    const path = join(folder, name);
    const now = lstatSync(path, { throwIfNoEntry: false });
    if (now?.size !== bytes || now.mtimeMs !== changedAt) continue;
    if (refused === null) moveToDone(folder, { name, path, bytes }, new Date(at));
    else moveToRefused(folder, { name, path, bytes }, new Date(at), refused);
  }
  rmSync(notes);
}
