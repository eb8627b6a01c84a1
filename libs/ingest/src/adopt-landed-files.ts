import type { Connection } from '@catchment/warehouse';
import { Ledger, type LoadEvent } from './ledger';

interface LandedRow {
  sha256: string;
  path: string;
  bytes: number;
  source: string;
  received_at: string;
}

/**
 * Begins the ledger of a landing zone that was filled before there was one, from `landing.file`: files of one source
 * and moment were one load. That a file came again later is not known any more.
 */
export async function adoptLandedFiles(connection: Connection, dataDir: string): Promise<Ledger> {
  const rows = await connection.rows<LandedRow>('select * from landing.file order by file_id');
  const events = new Map<string, Omit<LoadEvent, 'sequence'>>();
  for (const { sha256, path, bytes, source, received_at } of rows) {
    const at = `${received_at.replace(' ', 'T').slice(0, 23)}Z`;
    const event = events.get(`${source}\n${received_at}`) ?? { at, source, origin: 'files', files: [] };
    event.files.push({ kind: 'resources', sha256, path, bytes });
    events.set(`${source}\n${received_at}`, event);
  }
  const ledger = Ledger.begin(dataDir, [...events.values()]);
  await connection.run('update registry.applied set sequence = $1', [events.size]);
  return ledger;
}
