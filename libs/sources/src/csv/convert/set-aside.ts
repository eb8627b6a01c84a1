import { LineFile } from './line-file';

/** Rows of one table and file that are set aside for one reason. */
export interface SetAsideRows {
  table: string;
  file: string;
  column: string | null;
  /** Words without any value of the rows. */
  reason: string;
  count: number;
  /** The first lines. */
  lines: number[];
}

const firstLines = 5;
/** Kinds of reasons that a report lists; a file of garbage has no more. */
const mostReasons = 1_000;

/** Rows that make no resource: counted by reason, and listed one by one in a file without any value. */
export class SetAside {
  private readonly reasons = new Map<string, SetAsideRows>();
  private readonly list: LineFile;
  count = 0;

  /** @param path of the list */
  constructor(path: string) {
    this.list = new LineFile(path);
    this.list.add('table,file,line,column,reason');
  }

  add(row: { table: string; file: string; line: number; column: string | null; reason: string }): void {
    const { table, file, line, column, reason } = row;
    this.count++;
    this.list.add([table, file, String(line), column ?? '', reason].map(quoted).join(','));
    const key = JSON.stringify([table, file, column, reason]);
    const known = this.reasons.get(key);
    if (known) {
      known.count++;
      if (known.lines.length < firstLines) known.lines.push(line);
    } else if (this.reasons.size < mostReasons)
      this.reasons.set(key, { table, file, column, reason, count: 1, lines: [line] });
  }

  flush(): Promise<void> {
    return this.list.flush();
  }

  async close(): Promise<SetAsideRows[]> {
    await this.list.close();
    return [...this.reasons.values()];
  }

  abandon(): void {
    this.list.abandon();
  }
}

/** A cell of a CSV file; names of files and columns are somebody else's words, and may look like formulas. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** `patients.csv, SEX: its value is none of … (3 rows: lines 4, 9, 12)` */
export function setAsideText({ file, column, reason, count, lines }: SetAsideRows): string {
  const more = count > lines.length ? ', …' : '';
  const where = count === 1 ? `line ${lines[0]}` : `${count} rows: lines ${lines.join(', ')}${more}`;
  return `${file}${column === null ? '' : `, ${column}`}: ${reason} (${where})`;
}
