import { Defect } from '@catchment/platform';

/** A DuckDB column type, as far as nesting goes. */
export type ColumnType =
  | { kind: 'plain'; name: string }
  | { kind: 'list'; element: ColumnType }
  | { kind: 'struct'; fields: { name: string; type: ColumnType }[] };

/** Reads a type as `duckdb_columns()` prints it: `STRUCT("end" TIMESTAMP, codes UBIGINT[])[]`. */
export function readColumnType(text: string): ColumnType {
  const reader = new TypeReader(text);
  const type = reader.type();
  if (reader.rest !== '') throw new Defect(`not understood in a column type: ${reader.rest}`);
  return type;
}

class TypeReader {
  constructor(public rest: string) {}

  type(): ColumnType {
    let type = this.rest.startsWith('STRUCT(') ? this.struct() : this.plain();
    while (this.rest.startsWith('[]')) {
      this.take(/^\[\]/);
      type = { kind: 'list', element: type };
    }
    return type;
  }

  private struct(): ColumnType {
    this.take(/^STRUCT\(/);
    const fields: { name: string; type: ColumnType }[] = [];
    do {
      const name = this.take(/^(?:"(?:[^"]|"")+"|\w+) /).trim();
      fields.push({ name: name.replace(/^"|"$/g, '').replaceAll('""', '"'), type: this.type() });
    } while (this.take(/^(?:, |\))/) === ', ');
    return { kind: 'struct', fields };
  }

  private plain(): ColumnType {
    return { kind: 'plain', name: this.take(/^[A-Z][A-Z ]*(?:\(\d+,\d+\))?/) };
  }

  private take(pattern: RegExp): string {
    const found = pattern.exec(this.rest)?.[0];
    if (found === undefined) throw new Defect(`not understood in a column type: ${this.rest.slice(0, 80)}`);
    this.rest = this.rest.slice(found.length);
    return found;
  }
}
