import { ConflictException } from '@nestjs/common';
import { Diagnostic } from '@catchment/platform';

/**
 * Where a page ended: the run, the sort, and what identifies its last row. It names the row by opaque ids and never
 * holds what the list is sorted by: cursors stand in addresses, names must not.
 */
export interface Cursor {
  runId: string;
  sort: string;
  /** Opaque id of the patient, then what tells the patient's rows apart (a measure and group, an episode). */
  row: string[];
}

export function writeCursor({ runId, sort, row }: Cursor): string {
  return Buffer.from(JSON.stringify([runId, sort, ...row])).toString('base64url');
}

/**
 * Reads a cursor for a list of this run and sort.
 * @param parts how many parts identify a row
 * @throws Diagnostic when it is none, or of another list
 * @throws ConflictException when it is of an earlier run: the rows that it stands between have changed
 */
export function readCursor(text: string, runId: string, sort: string, parts: number): Cursor {
  const [cursorRun, cursorSort, ...row] = decode(text);
  if (typeof cursorRun !== 'string' || cursorSort !== sort || row.length !== parts || !areTexts(row)) {
    throw new Diagnostic('the cursor is not one of this list: start at the first page');
  }
  if (cursorRun !== runId) {
    throw new ConflictException('new numbers were published meanwhile: start at the first page');
  }
  return { runId, sort, row };
}

function areTexts(parts: unknown[]): parts is string[] {
  return parts.every((part) => typeof part === 'string');
}

function decode(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
