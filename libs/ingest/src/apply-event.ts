import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@catchment/warehouse';
import { applyDeletions } from './apply-deletions';
import { ensureDemand } from './ensure-demand';
import { landingFolder } from './land-file';
import { numberFiles, type EventOriginal } from './landing-files';
import type { LoadEvent } from './ledger';
import { applyPanel, countLeavers } from './panels';
import type { ReceivedFile } from './receive-file';
import { restoreWaiting } from './restore-waiting';
import { selectLanded, setLinesAside } from './select-landed';
import { findUnusual, landedTypes, storeType, type StoreOptions } from './store-landed';
import { ThreadCount } from './thread-count';

export interface EventSurroundings {
  connection: Connection;
  dataDir: string;
  /** What this process has just received of the files, by hash; the others are read out of the landing zone. */
  received?: ReadonlyMap<string, ReceivedFile>;
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** What became of an event. */
export interface AppliedEvent {
  /** New or changed resources by type. */
  loaded: Record<string, number>;
  unchanged: number;
  outdated: number;
  quarantined: number;
  deleted: number;
  absent: number;
  orphaned: number;
  restored: number;
  leavers: number;
  dictionariesGrew: boolean;
  files: EventOriginal[];
}

/** Memory of the database for an event, in bytes. */
const eventMemory = 500_000_000;

/**
 * Brings an event of the ledger into the warehouse: deletions, then resources type by type, patients first, then the
 * panel. Done again, after whatever end, it completes what was begun. Its memory does not depend on how much it brings;
 * only texts that are very long get all memory of the database.
 */
export function applyEvent(event: LoadEvent, surroundings: EventSurroundings): Promise<AppliedEvent> {
  return surroundings.connection.withMemory(eventMemory, () => applyFiles(event, surroundings));
}

async function applyFiles(
  event: LoadEvent,
  { connection, dataDir, received = new Map(), onBytes, signal }: EventSurroundings,
): Promise<AppliedEvent> {
  const folder = join(landingFolder(dataDir), 'applying');
  mkdirSync(folder, { recursive: true });
  const threads = await ThreadCount.reduce(connection);
  try {
    const files = await numberFiles(connection, event, received);
    const ofKind = (kind: EventOriginal['kind']): EventOriginal[] =>
      files.filter((file) => file.kind === kind);
    const deletions = await applyDeletions(connection, dataDir, event, ofKind('deletions'));
    const resources = ofKind('resources');
    const store = {
      connection,
      dataDir,
      source: event.source,
      files: resources,
      folder,
      threads,
      onBytes,
      signal,
    };
    const stored = await storeTypes(store);
    await connection.transaction(async () => {
      await applyPanel(connection, dataDir, event, files);
      await connection.run('update registry.applied set sequence = $1', [event.sequence]);
    });
    return {
      ...stored,
      quarantined: stored.quarantined + deletions.quarantined,
      deleted: deletions.deleted,
      absent: deletions.absent,
      orphaned: deletions.orphaned,
      leavers: await countLeavers(connection, event.source),
      files,
    };
  } finally {
    await threads.restore();
    await connection.run(
      ['landed_line', 'waiting_line', 'version_line', 'repeated_id']
        .map((name) => `drop table if exists temp.${name}`)
        .join('; '),
    );
    rmSync(folder, { recursive: true, force: true });
  }
}

type Stored = Pick<
  AppliedEvent,
  'loaded' | 'unchanged' | 'outdated' | 'quarantined' | 'restored' | 'dictionariesGrew'
>;

async function storeTypes(store: StoreOptions): Promise<Stored> {
  const { connection, dataDir, files } = store;
  const outcome: Stored = {
    loaded: {},
    unchanged: 0,
    outdated: 0,
    quarantined: 0,
    restored: 0,
    dictionariesGrew: false,
  };
  if (files.length > 0) {
    const fileIds = files.map(({ fileId }) => fileId).join(', ');
    await connection.run(`delete from landing.quarantine where file_id in (${fileIds})`);
  }
  await selectLanded(connection, dataDir, files);
  outcome.quarantined += await connection.retryWithAllMemory(() => setLinesAside(connection, dataDir, files));
  const types = await landedTypes(connection);
  await ensureDemand(connection, dataDir, Object.fromEntries(types.map((type) => [type, {}])));
  const unusual = await findUnusual(connection, store.source);
  for (const type of types) {
    const stored = await storeType(type, store, unusual);
    if (stored.loaded > 0) outcome.loaded[type] = stored.loaded;
    outcome.unchanged += stored.unchanged;
    outcome.outdated += stored.outdated;
    outcome.quarantined += stored.quarantined;
    outcome.dictionariesGrew ||= stored.dictionariesGrew;
    if (type !== 'Patient') continue;
    const { restored, dictionariesGrew } = await restoreWaiting(store);
    outcome.restored += restored;
    outcome.dictionariesGrew ||= dictionariesGrew;
  }
  return outcome;
}
