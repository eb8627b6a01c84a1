import { isUtf8 } from 'node:buffer';

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Separates the columns of a numbered spool file; no JSON text has it unescaped. */
export const separator = '\u0001';

/** A line, entry or resource of more bytes than this is refused. */
export const maximumLineBytes = 200_000_000;

/** The end of a line, where a file can be divided. */
export interface LineEnd {
  /** Lines before it. */
  lines: number;
  /** Bytes before it. */
  bytes: number;
}

const markBytes = 16_000_000;

/** What a pass over the bytes of a text file tells about its lines. */
export class TextSurvey {
  /** Lines so far, the last one without its end included. */
  lines = 0;
  /** Bytes of the longest line so far, the one that is still open included. */
  longestLine = 0;
  /** Is every line ended by a line feed alone, not blank and UTF-8, so that the file can be read as it is? */
  regular = true;
  /** Line ends that are some way apart, 16 MB unless another distance is asked for. */
  readonly marks: LineEnd[] = [];
  private bytes = 0;
  private open = 0;
  private carried: Buffer = Buffer.alloc(0);

  constructor(private readonly apart = markBytes) {}

  add(chunk: Buffer): void {
    if (this.regular) {
      if (this.lines === 0 && chunk.subarray(0, 3).equals(byteOrderMark)) this.regular = false;
      if (chunk.includes(carriageReturn) || chunk.includes(separator) || !this.isText(chunk))
        this.regular = false;
    }
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.endLine(this.open + end - start, chunk.subarray(start, end));
      start = end + 1;
      this.open = 0;
      this.mark(this.bytes + start);
    }
    this.bytes += chunk.length;
    this.open += chunk.length - start;
    this.longestLine = Math.max(this.longestLine, this.open);
  }

  /** To be called after the last bytes. */
  finish(): void {
    if (this.carried.length > 0) this.regular = false;
    if (this.open > 0) this.lines++;
  }

  private endLine(length: number, tail: Buffer): void {
    this.lines++;
    if (length > this.longestLine) this.longestLine = length;
    if (length < 3 && tail.toString('latin1').trim() === '') this.regular = false;
  }

  private mark(bytes: number): void {
    if (bytes - (this.marks.at(-1)?.bytes ?? 0) >= this.apart) this.marks.push({ lines: this.lines, bytes });
  }

  /** Is it UTF-8, when a character at the end may go on in the next chunk? */
  private isText(chunk: Buffer): boolean {
    const bytes = this.carried.length > 0 ? Buffer.concat([this.carried, chunk]) : chunk;
    const complete = completeLength(bytes);
    this.carried = Buffer.from(bytes.subarray(complete));
    return isUtf8(bytes.subarray(0, complete));
  }
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** How many bytes there are before a character whose end is missing. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
