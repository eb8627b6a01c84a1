import type { LandedFile } from './land-file';
import type { LineEnd } from './text-survey';

/** About how much text is typed in one statement: memory of a load does not depend on the size of its files. */
export const batchBytes = 256_000_000;

/** Lines of a file that are stored together. */
export interface Piece<F> {
  file: F;
  /** Bytes of text, about. */
  bytes: number;
  /** The part of the file, when it is not the whole. */
  part?: Part;
}

export interface Part {
  /** Lines from `first` up to and with `last`. */
  first: number;
  last: number;
  /** The same in bytes of the text, where it is known. */
  range?: { start: number; end: number };
}

/** Divides a file whose lines are all stored at places that were marked when it was read, into equal pieces. */
export function divideText(file: LandedFile, limit = batchBytes): Piece<LandedFile>[] {
  const { textBytes, lines, marks = [] } = file;
  const size = textBytes / Math.ceil(textBytes / limit);
  const ends: LineEnd[] = [];
  for (const mark of marks) {
    if (mark.bytes >= size * (ends.length + 1) && mark.lines < lines) ends.push(mark);
  }
  if (ends.length === 0) return [{ file, bytes: textBytes }];
  let start: LineEnd = { lines: 0, bytes: 0 };
  return [...ends, { lines, bytes: textBytes }].map((end) => {
    const range = { start: start.bytes, end: end.bytes };
    const part = { first: start.lines + 1, last: end.lines, range };
    start = end;
    return { file, bytes: range.end - range.start, part };
  });
}

/** Divides the lines of a file from the first to the last that is stored, so that pieces have as many numbers each. */
export function divideLines<F>(
  file: F,
  { first, last, bytes }: { first: number; last: number; bytes: number },
  limit = batchBytes,
): Piece<F>[] {
  const count = Math.min(Math.ceil(bytes / limit), last - first + 1);
  if (count <= 1) return [{ file, bytes }];
  const size = (last - first + 1) / count;
  return Array.from({ length: count }, (_, n) => ({
    file,
    bytes: Math.ceil(bytes / count),
    part: { first: first + Math.ceil(n * size), last: first + Math.ceil((n + 1) * size) - 1 },
  }));
}

/** Pieces in groups of about `limit` bytes; part of a file is a group of its own. */
export function groupPieces<F>(pieces: readonly Piece<F>[], limit = batchBytes): Piece<F>[][] {
  const groups: { pieces: Piece<F>[]; bytes: number; open: boolean }[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last?.open && !piece.part && last.bytes + piece.bytes <= limit) {
      last.pieces.push(piece);
      last.bytes += piece.bytes;
    } else {
      groups.push({ pieces: [piece], bytes: piece.bytes, open: !piece.part });
    }
  }
  return groups.map((group) => group.pieces);
}
