import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { adoptLandedFiles } from './adopt-landed-files';
import { applyEvent } from './apply-event';
import { landingFolder, workFolders } from './land-file';
import { Ledger } from './ledger';

/**
 * Applies the loads that the ledger has and the warehouse does not: a process was killed in between. Whoever loads or
 * evaluates does this first, for half a load is no population.
 * @returns the ledger, of which the warehouse holds everything now
 * @throws Diagnostic when the ledger is damaged, or lacks what the warehouse holds
 */
export async function completeLoads(
  connection: Connection,
  dataDir: string,
  options: { signal?: AbortSignal } = {},
): Promise<Ledger> {
  removeLeftovers(landingFolder(dataDir));
  const ledger = await upToDate(connection, dataDir);
  const sequence = await appliedSequence(connection);
  for (const event of ledger.events.slice(sequence)) {
    await applyEvent(event, { connection, dataDir, ...options });
  }
  return ledger;
}

/** One process owns the warehouse: temporary files in the landing zone were left by one that was killed. */
function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  const left = readdirSync(folder).filter((name) => workFolders.includes(name) || name.endsWith('.tmp'));
  for (const name of left) rmSync(join(folder, name), { recursive: true, force: true });
}

/** The ledger as it is, or begun, where the landing zone is from before there was one. */
async function upToDate(connection: Connection, dataDir: string): Promise<Ledger> {
  const ledger = Ledger.read(dataDir);
  const sequence = await appliedSequence(connection);
  if (sequence > ledger.events.length) {
    throw new Diagnostic(
      `the warehouse holds ${sequence} loads and the ledger of the landing zone has ${ledger.events.length}; ` +
        'restore landing/ledger.ndjson from a backup',
    );
  }
  const older = ledger.events.length === 0 && (await connection.first('select 1 from landing.file limit 1'));
  return older ? adoptLandedFiles(connection, dataDir) : ledger;
}

async function appliedSequence(connection: Connection): Promise<number> {
  const applied = await connection.first<{ sequence: number }>('select sequence from registry.applied');
  return applied!.sequence;
}
