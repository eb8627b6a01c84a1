import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { kindNames } from '../kinds';
import { kindOf } from '../mapping/check-mapping';
import type { Mapping } from '../mapping/mapping-schema';
import { convertTable, type ConvertedTable, type TableCounts } from './convert-table';
import { assignFiles, extractOf, type ExtractFile } from './extract-files';
import { deletionOf, findMissing, usualShrink } from './find-missing';
import { LineFile } from './line-file';
import { SetAside, type SetAsideRows } from './set-aside';
import { settleRows } from './settle-rows';

/** What an extract is, and how it is read. */
export interface ExtractRequest {
  source: string;
  mapping: Mapping;
  files: readonly ExtractFile[];
  /** Of what is written; emptied first. */
  folder: string;
  signal?: AbortSignal;
  onProgress?: (bytes: number, totalBytes: number) => void;
  /** Rows of a file after which reading ends, for a trial. */
  mostRows?: number;
}

/** An extract as files that can be loaded. */
export interface ConvertedExtract {
  tables: TableReport[];
  /** NDJSON of resources, one file a table. */
  paths: string[];
  /** NDJSON of Bundles of what is gone; undefined: nothing. */
  deletions: string | undefined;
  /** Rows that make no resource, by reason. */
  setAside: SetAsideRows[];
  setAsideRows: number;
  /** The list of these rows, as a CSV file without any value. */
  setAsideList: string;
  /** Files that no table of the mapping reads. */
  unknown: ExtractFile[];
}

export interface TableReport extends TableCounts {
  table: string;
  resourceType: string;
  files: string[];
  /** Rows that a later file of the same drop replaced. */
  replaced: number;
  /** Known resources that the full extract does not name any more; null: it was not looked, or cannot be known. */
  gone: number | null;
  sample: string | null;
}

/**
 * Turns an extract into resources and deletions, in constant memory; nothing is loaded.
 * @param connection to the warehouse; to an empty database for a trial, which then knows of no deletions
 * @param isTrial nothing is compared with what is known
 * @throws Diagnostic when a file can not be read as a whole or would take away too much: then nothing of it counts
 */
export async function convertExtract(
  connection: Connection,
  request: ExtractRequest,
  isTrial = false,
): Promise<ConvertedExtract> {
  const { mapping, source, folder, signal, onProgress, mostRows } = request;
  const { tables, unknown } = assignFiles(mapping, request.files);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const setAside = new SetAside(join(folder, 'rows-set-aside.csv'));
  const deletions = new LineFile(join(folder, 'deletions.ndjson'));
  const total = [...tables.values()].flat().reduce((sum, { path }) => sum + statSync(path).size, 0);
  let done = 0;
  const onBytes = (bytes: number): void => onProgress?.((done += bytes), total);
  const reports: TableReport[] = [];
  const paths: string[] = [];
  try {
    // Before anything of the warehouse is looked at, everything was read: one bad file refuses all.
    const converted: ConvertedTable[] = [];
    for (const [table, files] of inOrder(mapping, tables))
      converted.push(
        await convertTable(table, files, { source, mapping, folder, setAside, signal, onBytes, mostRows }),
      );
    for (const table of converted) {
      signal?.throwIfAborted();
      const report = await settleTable(connection, table, { request, setAside, deletions, isTrial });
      reports.push(report);
      if (report.resources > 0) paths.push(table.resources);
    }
    const rows = await setAside.close();
    await deletions.close();
    return {
      tables: reports,
      paths,
      deletions: statSync(deletions.path).size > 0 ? deletions.path : undefined,
      setAside: rows,
      setAsideRows: setAside.count,
      setAsideList: join(folder, 'rows-set-aside.csv'),
      unknown,
    };
  } catch (error) {
    setAside.abandon();
    deletions.abandon();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await connection.run('drop table if exists temp.extract_row; drop table if exists temp.newest_row');
  }
}

interface SettleSurroundings {
  request: ExtractRequest;
  setAside: SetAside;
  deletions: LineFile;
  isTrial: boolean;
}

async function settleTable(
  connection: Connection,
  table: ConvertedTable,
  { request: { source, mapping }, setAside, deletions, isTrial }: SettleSurroundings,
): Promise<TableReport> {
  const replaced = await settleRows(connection, table, setAside);
  const { resourceType, counts, unidentified } = table;
  for await (const portion of connection.portions<{ id: string }>(
    `select distinct id from temp.extract_row where state = 'deleted' order by id`,
  )) {
    for (const { id } of portion) deletions.add(deletionOf(resourceType, id));
    await deletions.flush();
  }
  const looks = !isTrial && !unidentified && extractOf(mapping, table.table) === 'full';
  const expected = {
    source,
    which: `type = ${quoteLiteral(resourceType)} and regexp_full_match(id, ${quoteLiteral(`${table.table}-[0-9a-f]{32}`)})`,
    named: `select ${quoteLiteral(resourceType)} as type, id from temp.extract_row`,
    what: `the table ${table.table}`,
    largestShrink: mapping.tables[table.table]?.largestShrink ?? mapping.largestShrink ?? usualShrink,
    remedy: 'allow a larger share (largestShrink) for this one time',
  };
  const gone = looks ? await findMissing(connection, expected, deletions) : null;
  const files = table.files.map(({ name }) => name);
  return { table: table.table, resourceType, files, ...counts, replaced, gone, sample: table.sample };
}

/** Kinds in the order in which they refer to each other. */
function inOrder(
  { tables: definitions }: Mapping,
  tables: ReadonlyMap<string, ExtractFile[]>,
): [string, ExtractFile[]][] {
  const rank = (name: string): number => {
    const kind = kindOf(name, definitions[name]!);
    if (!kind) throw new Diagnostic(`the table ${name} is of no kind`);
    return kindNames.indexOf(kind);
  };
  return [...tables].sort(([a], [b]) => rank(a) - rank(b));
}
