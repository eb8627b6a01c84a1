import { CsvError, parse, type Options } from 'csv-parse/sync';
import type { Encoding } from '../mapping/mapping-schema';
import { decodedText, RefusedFile } from './decode';

/** How a file is written. */
export interface CsvFormat {
  encoding: Encoding;
  delimiter: string;
  /** The sign around cells; null where there is none. */
  quote: string | null;
}

/** A row of a file. */
export interface CsvRow {
  /** Number of its first line in the file, from 1: cells in quotes may hold line breaks. */
  line: number;
  /** Trimmed; absent where the row cannot be read. */
  cells?: string[];
  /** Why it cannot be read; names no value. */
  problem?: string;
}

/** Lines that are parsed at once. */
const batchLines = 500;
/** No row of an extract is that long: a quotation mark was not closed. */
const mostCharactersOfRow = 1_000_000;

/**
 * Reads a file: its header first, as a row of its own, then row by row, in constant memory. A row whose quotation marks
 * make no sense costs that line only; csv-parse's own way to skip it takes lines after it along.
 * @throws RefusedFile when it is no CSV file as a whole
 */
export async function* csvRows(
  path: string,
  name: string,
  format: CsvFormat,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<CsvRow[]> {
  const reader = new RowReader(name, format);
  let lines: string[] = [];
  let partial = '';
  for await (const text of decodedText(path, name, format.encoding, onBytes)) {
    const pieces = (partial + text).split('\n');
    partial = pieces.pop() ?? '';
    if (partial.length > mostCharactersOfRow * 4)
      throw new RefusedFile('a line has more than four million characters: it is no CSV file', {
        file: name,
      });
    for (const piece of pieces) lines.push(piece.endsWith('\r') ? piece.slice(0, -1) : piece);
    if (lines.length < batchLines) continue;
    yield reader.read(lines, false);
    lines = [];
  }
  if (partial !== '') lines.push(partial);
  yield reader.read(lines, true);
}

class RowReader {
  /** Lines of a row whose end is not read yet. */
  private open: string[] = [];
  private line = 1;
  private width: number | undefined;
  private readonly options: Options;

  constructor(
    private readonly name: string,
    private readonly format: CsvFormat,
  ) {
    const { delimiter, quote } = format;
    this.options = { delimiter, quote, escape: quote, relax_column_count: true, record_delimiter: ['\n'] };
  }

  /** @param isLast nothing follows */
  read(more: readonly string[], isLast: boolean): CsvRow[] {
    const lines = this.open.length > 0 ? [...this.open, ...more] : [...more];
    this.open = [];
    const rows: CsvRow[] = [];
    const { quote, delimiter } = this.format;
    for (let at = 0; at < lines.length;) {
      const line = lines[at]!;
      if (line.trim() === '') at++;
      else if (quote === null || !line.includes(quote)) {
        rows.push(this.row(line.split(delimiter), at));
        at++;
      } else {
        const taken = this.quoted(lines, at, rows);
        if (taken === 0) {
          this.leaveOpen(lines.slice(at), at, isLast);
          lines.length = at;
        }
        at += taken;
      }
    }
    this.line += lines.length;
    return rows;
  }

  /** Reads the row that begins at a line with quotation marks. @returns how many lines it has; 0: more than there are */
  private quoted(lines: readonly string[], at: number, rows: CsvRow[]): number {
    let text = lines[at]!;
    const alone = this.parse(text);
    if (Array.isArray(alone)) {
      rows.push(this.row(alone, at));
      return 1;
    }
    if (alone === 'open') {
      let isEven = this.isEven(text);
      for (let end = at + 1; end < lines.length; end++) {
        text += `\n${lines[end]!}`;
        if (!this.isEven(lines[end]!)) isEven = !isEven;
        if (!isEven) continue;
        const cells = this.parse(text);
        if (!Array.isArray(cells)) break;
        rows.push(this.row(cells, at));
        return end - at + 1;
      }
      if (!isEven) return 0;
    }
    rows.push({ line: this.line + at, problem: 'its quotation marks make no sense' });
    return 1;
  }

  private isEven(text: string): boolean {
    return text.split(this.format.quote ?? '').length % 2 === 1;
  }

  /** The cells of one row; `open` where it goes on in the next line. csv-parse's own words quote the text. */
  private parse(text: string): string[] | 'open' | 'wrong' {
    try {
      return parse(text, this.options)[0] ?? [];
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'wrong';
    }
  }

  private leaveOpen(lines: string[], at: number, isLast: boolean): void {
    const characters = lines.reduce((sum, line) => sum + line.length, 0);
    if (isLast || characters > mostCharactersOfRow)
      throw new RefusedFile(
        'a quotation mark is opened and not closed, so that no row after it can be told from the next; where quotation marks are text, write quote: none into the mapping',
        { file: this.name, line: this.line + at },
      );
    this.open = lines;
  }

  private row(cells: string[], at: number): CsvRow {
    const line = this.line + at;
    if (this.width === undefined && cells.some((cell) => cell.includes('\r')))
      throw new RefusedFile('its lines end with CR alone: have them end with LF or CR LF', {
        file: this.name,
      });
    this.width ??= cells.length;
    if (cells.length !== this.width)
      return { line, problem: `it has ${cells.length} columns, the header ${this.width}` };
    return { line, cells: cells.map((cell) => cell.trim()) };
  }
}
