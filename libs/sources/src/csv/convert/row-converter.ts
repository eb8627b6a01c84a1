import { kinds, type KindName } from '../kinds';
import { UnfitRow, type Kind } from '../kinds/kind';
import { kindOf, listed } from '../mapping/check-mapping';
import type { Mapping, RowCondition, TableMapping } from '../mapping/mapping-schema';
import { RefusedFile } from '../read/decode';
import { cellReader, columnsOf, type CellReader, type TableSurroundings } from './cell-readers';
import { DateReader } from './dates';
import { hashOf, resourceId } from './resource-id';
import { RowProblem } from './row-problem';

/** What becomes of a row; a problem keeps the id, where it is known, from being taken for deleted. */
export type Converted =
  | { state: 'resource'; id: string; json: string }
  | { state: 'deleted'; id: string }
  | { state: 'left-out' }
  | { state: 'problem'; id?: string; column: string | null; reason: string };

/** Turns the rows of one file of a table into resources. */
export class RowConverter {
  readonly resourceType: string;
  private readonly kind: Kind;
  private readonly readers: [element: string, read: CellReader][];
  private readonly required: string[];
  private readonly keyIndexes: number[] | undefined;
  private readonly isEmpty: (cell: string) => boolean;
  private readonly wanted: ((cells: readonly string[]) => boolean)[];
  private readonly gone: ((cells: readonly string[]) => boolean) | undefined;

  /**
   * @param header the columns of the file
   * @throws RefusedFile naming the columns that the mapping expects and the file lacks
   */
  constructor(
    source: string,
    mapping: Mapping,
    private readonly table: string,
    header: readonly string[],
    file: string,
  ) {
    const definition = mapping.tables[table]!;
    this.kind = kinds[kindOf(table, definition) as KindName];
    this.resourceType = this.kind.resourceType;
    checkHeader(header, definition, file);
    const nothing = new Set(['', ...(definition.empty ?? mapping.empty ?? [])]);
    this.isEmpty = (cell) => nothing.has(cell);
    const surroundings: TableSurroundings = {
      source,
      table,
      mapping,
      indexOf: (column) => header.indexOf(column),
      isEmpty: this.isEmpty,
      dates: new DateReader(mapping.timeZone, definition.dateFormats ?? mapping.dateFormats),
      decimalComma: definition.decimalComma ?? mapping.decimalComma ?? false,
    };
    this.readers = Object.entries(definition.columns).map(([element, from]) => [
      element,
      cellReader(this.kind.elements[element]!, from, surroundings),
    ]);
    this.required = Object.entries(this.kind.elements).flatMap(([element, { required }]) =>
      required ? [element] : [],
    );
    this.keyIndexes =
      definition.key === undefined ? undefined : listed(definition.key).map(surroundings.indexOf);
    this.wanted = (definition.where ?? []).map((condition) => this.tester(condition, surroundings));
    this.gone = definition.deletedWhere && this.tester(definition.deletedWhere, surroundings);
  }

  convert(cells: readonly string[]): Converted {
    let id: string | undefined;
    try {
      if (!this.wanted.every((holds) => holds(cells))) return { state: 'left-out' };
      id = this.keyIndexes && this.idOf(this.keyIndexes, cells);
      if (this.gone?.(cells) && id !== undefined) return { state: 'deleted', id };
      const values: Record<string, unknown> = {};
      for (const [element, read] of this.readers) values[element] = read(cells);
      this.checkComplete(values);
      const content = this.kind.build(values);
      id ??= `${this.table}-${hashOf(JSON.stringify(content))}`;
      return { state: 'resource', id, json: lineOf({ resourceType: this.resourceType, id, ...content }) };
    } catch (error) {
      if (error instanceof UnfitRow) return { state: 'problem', id, column: null, reason: error.message };
      if (!(error instanceof RowProblem)) throw error;
      return { state: 'problem', id, column: error.column, reason: error.reason };
    }
  }

  private idOf(indexes: readonly number[], cells: readonly string[]): string {
    const key = indexes.map((index) => cells[index]!);
    if (key.some(this.isEmpty)) throw new RowProblem(null, 'its key is empty');
    return resourceId(this.table, key);
  }

  private checkComplete(values: Record<string, unknown>): void {
    const missing = this.required.find((element) => values[element] === undefined);
    if (missing !== undefined) throw new RowProblem(null, `${missing} is empty`);
    const mapped = this.kind.oneOf?.filter((element) => element in values) ?? [];
    if (mapped.length > 0 && mapped.every((element) => values[element] === undefined))
      throw new RowProblem(null, `it says nothing: ${mapped.join(', ')} are empty`);
  }

  private tester(
    condition: RowCondition,
    { indexOf }: Pick<TableSurroundings, 'indexOf'>,
  ): (cells: readonly string[]) => boolean {
    const index = indexOf(condition.column);
    if (condition.present !== undefined) {
      const { present } = condition;
      return (cells) => !this.isEmpty(cells[index]!) === present;
    }
    const among = new Set(condition.in ?? condition.notIn);
    const wanted = condition.in !== undefined;
    return (cells) => among.has(cells[index]!) === wanted;
  }
}

/** JSON on one line, for readers too that take these two signs for ends of lines. */
function lineOf(resource: object): string {
  return JSON.stringify(resource).replace(/[\u2028\u2029]/g, (sign) =>
    sign === '\u2028' ? '\\u2028' : '\\u2029',
  );
}

/** Every column that a table's mapping names. */
function expectedColumns({ key, where = [], deletedWhere, columns }: TableMapping): string[] {
  const conditions = [...where, ...(deletedWhere ? [deletedWhere] : [])].map(({ column }) => column);
  return [...new Set([...listed(key), ...Object.values(columns).flatMap(columnsOf), ...conditions])];
}

function checkHeader(header: readonly string[], table: TableMapping, file: string): void {
  const expected = expectedColumns(table);
  const found = shortened(header);
  const missing = expected.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new RefusedFile(
      `the header lacks the columns ${missing.join(', ')}; it has ${found}. Correct the names in the mapping or in the file, and check delimiter and encoding`,
      { file, line: 1 },
    );
  const twice = expected.filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice.length > 0)
    throw new RefusedFile(`the header has the columns ${twice.join(', ')} more than once`, { file, line: 1 });
}

/** Where a file has no header, its first row is one of a patient: nothing of it is shown. */
function shortened(header: readonly string[]): string {
  const names = header.filter((name) => /^[\p{L}_#][\p{L}\p{N} _.#/()-]{0,60}$/u.test(name));
  if (names.length < header.length)
    return `${header.length} columns, some of which are no names: is there a header?`;
  return names.slice(0, 60).join(', ');
}
