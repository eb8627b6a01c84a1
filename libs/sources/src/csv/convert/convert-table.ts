import { join } from 'node:path';
import type { Mapping } from '../mapping/mapping-schema';
import { RefusedFile } from '../read/decode';
import { csvRows, type CsvFormat } from '../read/read-rows';
import type { ExtractFile } from './extract-files';
import { LineFile } from './line-file';
import { hashOf } from './resource-id';
import { RowConverter } from './row-converter';
import type { SetAside } from './set-aside';

/** A table of an extract as resources. */
export interface ConvertedTable {
  table: string;
  resourceType: string;
  files: ExtractFile[];
  /** One resource a line. */
  resources: string;
  /**
   * What became of the rows whose id is known: `id, file, line, position, hash, state`. `file` counts from 0, `position`
   * is the line in `resources`, `state` is `resource`, `deleted` or `kept`: set aside and not gone.
   */
  rows: string;
  counts: TableCounts;
  /** Were there rows whose id is not known? Then nobody can say which of the known ones are gone. */
  unidentified: boolean;
  /** The first resource, as JSON. */
  sample: string | null;
}

export interface TableCounts {
  /** Rows of the files, without headers. */
  rows: number;
  resources: number;
  /** Rows that the mapping leaves out (`where`). */
  leftOut: number;
  deleted: number;
  setAside: number;
}

export interface ConvertSurroundings {
  source: string;
  mapping: Mapping;
  folder: string;
  setAside: SetAside;
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
  /** Rows of a file after which reading ends; absent: all are read. */
  mostRows?: number;
}

/**
 * Turns the files of a table into NDJSON, in constant memory.
 * @throws RefusedFile where a file can not be read as a whole
 */
export async function convertTable(
  table: string,
  files: ExtractFile[],
  surroundings: ConvertSurroundings,
): Promise<ConvertedTable> {
  const { folder } = surroundings;
  const resources = new LineFile(join(folder, `${table}.ndjson`));
  const rows = new LineFile(join(folder, `${table}.rows.csv`));
  const target = new TableTarget(table, resources, rows, surroundings.setAside);
  try {
    for (const [index, file] of files.entries()) await convertFile(file, index, target, surroundings);
    await resources.close();
    await rows.close();
  } catch (error) {
    resources.abandon();
    rows.abandon();
    throw error;
  }
  const { counts, unidentified, sample, resourceType } = target;
  return {
    table,
    resourceType,
    files,
    resources: resources.path,
    rows: rows.path,
    counts,
    unidentified,
    sample,
  };
}

async function convertFile(
  file: ExtractFile,
  index: number,
  target: TableTarget,
  { source, mapping, signal, onBytes, mostRows = Infinity }: ConvertSurroundings,
): Promise<void> {
  let converter: RowConverter | undefined;
  let read = 0;
  for await (const batch of csvRows(file.path, file.name, formatOf(mapping, target.table), onBytes)) {
    signal?.throwIfAborted();
    for (const { line, cells, problem } of batch) {
      if (!converter) {
        if (!cells) throw new RefusedFile(`the header cannot be read: ${problem}`, { file: file.name, line });
        converter = new RowConverter(source, mapping, target.table, cells, file.name);
        target.resourceType = converter.resourceType;
      } else {
        const converted = cells
          ? converter.convert(cells)
          : ({ state: 'problem', column: null, reason: problem ?? '' } as const);
        target.add(converted, file.name, index, line);
        if (++read >= mostRows) return;
      }
    }
    await target.flush();
  }
  if (!converter) throw new RefusedFile('the file is empty: it has not even a header', { file: file.name });
}

class TableTarget {
  resourceType = '';
  unidentified = false;
  sample: string | null = null;
  readonly counts: TableCounts = { rows: 0, resources: 0, leftOut: 0, deleted: 0, setAside: 0 };

  constructor(
    readonly table: string,
    private readonly resources: LineFile,
    private readonly rows: LineFile,
    private readonly setAside: SetAside,
  ) {}

  add(converted: ReturnType<RowConverter['convert']>, file: string, index: number, line: number): void {
    const { counts, table } = this;
    counts.rows++;
    switch (converted.state) {
      case 'left-out':
        counts.leftOut++;
        return;
      case 'deleted':
        counts.deleted++;
        this.rows.add(`${converted.id},${index},${line},0,deleted,deleted`);
        return;
      case 'resource':
        counts.resources++;
        this.sample ??= converted.json;
        this.resources.add(converted.json);
        this.rows.add(
          `${converted.id},${index},${line},${counts.resources},${hashOf(converted.json)},resource`,
        );
        return;
      case 'problem': {
        const { id, column, reason } = converted;
        counts.setAside++;
        this.setAside.add({ table, file, line, column, reason });
        if (id === undefined) this.unidentified = true;
        else this.rows.add(`${id},${index},${line},0,,kept`);
      }
    }
  }

  async flush(): Promise<void> {
    await this.resources.flush();
    await this.rows.flush();
    await this.setAside.flush();
  }
}

function formatOf(mapping: Mapping, table: string): CsvFormat {
  const own = mapping.tables[table]!;
  const quote = own.quote ?? mapping.quote ?? '"';
  return {
    encoding: own.encoding ?? mapping.encoding ?? 'utf-8',
    delimiter: own.delimiter ?? mapping.delimiter ?? ',',
    quote: quote === 'none' ? null : quote,
  };
}
