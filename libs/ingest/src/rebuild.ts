import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Demand } from '@catchment/fhir';
import { Diagnostic } from '@catchment/platform';
import {
  checkWarehouse,
  openWarehouse,
  openWarehouseFile,
  readDemand,
  readWarehouseContent,
  saveKept,
  takeKept,
  warehouseFile,
  WarehouseInUse,
  type Connection,
  type Database,
  type WarehouseContent,
} from '@catchment/warehouse';
import { applyEvent } from './apply-event';
import { checkOriginals } from './check-originals';
import { completeLoads } from './complete-loads';
import { ensureDemand } from './ensure-demand';
import { sync } from './land-file';
import { Ledger } from './ledger';
import { askDemand, type AskedDemand } from './load-request';

export interface RebuildProgress {
  step: 'checking originals' | 'loading';
  /** Files or loads done, and of how many. */
  done: number;
  total: number;
}

export interface RebuildRequest {
  dataDir: string;
  /** The warehouse that is there cannot be read, or is not to be: value sets and trend are not carried over. */
  fresh?: boolean;
  /** Take the new warehouse also when it holds other resources than the old one. */
  acceptDifference?: boolean;
  /** What the typed tables are to hold, besides what those of the old warehouse hold. */
  demand?: AskedDemand;
  onProgress?: (progress: RebuildProgress) => void;
  signal?: AbortSignal;
}

export interface RebuildReport {
  /** Loads that were done again. */
  loads: number;
  content: WarehouseContent;
  /** What the old warehouse held; undefined when there was none that could be read. */
  before?: WarehouseContent;
}

/** What must be the same; lines that are set aside may be told of in more detail. */
const compared = ['resources', 'panels', 'deletions'] as const;

/**
 * Builds the warehouse anew out of landing zone and ledger, and takes it in place of the old one when it is whole and
 * holds the same. Value sets, pins and trend are carried over; results are not, for patients have other numbers.
 * @throws Diagnostic when an original is missing or damaged, or when the new warehouse holds something else; the old
 *   one stays as it is, as after any failure.
 */
export async function rebuildWarehouse(request: RebuildRequest): Promise<RebuildReport> {
  const { dataDir } = request;
  const file = warehouseFile(dataDir);
  const rebuilt = join(dirname(file), 'rebuilt.duckdb');
  const kept = join(dirname(file), 'rebuilt');
  const old = await openOld(dataDir, request.fresh ?? false);
  let fresh: Database | undefined;
  try {
    removeAll(rebuilt, kept);
    const before = old && !request.fresh ? await readOld(old.main, request, kept) : undefined;
    const { events } = Ledger.read(dataDir);
    if (events.length === 0)
      throw new Diagnostic('the ledger of the landing zone has no loads to rebuild from');
    fresh = await openWarehouseFile(rebuilt);
    const { main } = fresh;
    await takeKept(main, kept);
    await replay(main, request, before?.demand ?? {}, events);
    await checkWarehouse(main);
    const content = await readWarehouseContent(main);
    if (before && !request.acceptDifference) requireSame(before.content, content);
    await main.run('checkpoint');
    fresh.close();
    fresh = undefined;
    // The old file stays locked until the new one has its name. Checkpointed, it leaves no log that would be taken
    // for the new one's.
    await old?.main.run('checkpoint');
    if (!old) rmSync(`${file}.wal`, { force: true });
    renameSync(rebuilt, file);
    sync(dirname(file));
    return { loads: events.length, content, ...(before && { before: before.content }) };
  } finally {
    fresh?.close();
    old?.close();
    removeAll(rebuilt, kept);
  }
}

/** The old warehouse, which nobody else may use meanwhile. */
async function openOld(dataDir: string, unreadable: boolean): Promise<Database | undefined> {
  if (!existsSync(warehouseFile(dataDir))) return undefined;
  try {
    return await openWarehouse(dataDir);
  } catch (error) {
    if (error instanceof WarehouseInUse || !unreadable) throw error;
    return undefined;
  }
}

async function readOld(
  connection: Connection,
  { dataDir, signal }: RebuildRequest,
  kept: string,
): Promise<{ content: WarehouseContent; demand: Demand }> {
  await completeLoads(connection, dataDir, { signal });
  await saveKept(connection, kept);
  return { content: await readWarehouseContent(connection), demand: await readDemand(connection) };
}

async function replay(
  connection: Connection,
  { dataDir, demand, onProgress, signal }: RebuildRequest,
  held: Demand,
  events: Ledger['events'],
): Promise<void> {
  await checkOriginals(connection, dataDir, events, (done, total) =>
    onProgress?.({ step: 'checking originals', done, total }),
  );
  // Tables that hold everything from the beginning are written once.
  await ensureDemand(connection, dataDir, held);
  await ensureDemand(connection, dataDir, await askDemand(connection, demand));
  for (const [index, event] of events.entries()) {
    signal?.throwIfAborted();
    await applyEvent(event, { connection, dataDir, signal });
    onProgress?.({ step: 'loading', done: index + 1, total: events.length });
  }
}

function requireSame(before: WarehouseContent, after: WarehouseContent): void {
  const differing = compared.filter((part) => before[part] !== after[part]);
  if (differing.length === 0) return;
  throw new Diagnostic(
    `the rebuilt warehouse holds other ${differing.join(', ')} than the old one, which stays; ` +
      'accept the difference if the landing zone is right',
  );
}

function removeAll(file: string, folder: string): void {
  for (const path of [file, `${file}.wal`, folder]) rmSync(path, { recursive: true, force: true });
}
