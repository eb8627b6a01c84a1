import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Diagnostic } from '@catchment/platform';
import { advisoryKey } from './advisory-key';

/** A role that one process at a time has on a database. PostgreSQL takes it back when the process ends, however. */
export interface ExclusiveHold {
  /** Resolves when the connection broke, and with it the hold. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * Waits for the role and takes it.
 * @param patience how many milliseconds another process is waited for
 * @throws Diagnostic when another process keeps it.
 */
export async function holdExclusively(url: string, role: string, patience: number): Promise<ExclusiveHold> {
  const client = new Client({
    connectionString: url,
    keepAlive: true,
    application_name: `catchment ${role}`,
  });
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
  await client.connect();
  const deadline = Date.now() + patience;
  while (!(await tryHold(client, role))) {
    if (Date.now() > deadline) {
      await client.end();
      throw new Diagnostic(`another ${role} already works with this database; there can be one`);
    }
    await sleep(250);
  }
  return { lost, release: () => client.end() };
}

async function tryHold(client: Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    advisoryKey(role),
  ]);
  return rows[0]?.taken === true;
}
