import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

export interface PostgresFolders {
  /** Everything of the embedded server. */
  home: string;
  /** The database cluster. */
  cluster: string;
  /** Holds the Unix socket; only its owner may enter. */
  socket: string;
  log: string;
}

/** The address of a Unix socket may have 107 bytes; the file is called `.s.PGSQL.5432.lock` at its longest. */
const longestSocketFolder = 107 - '/.s.PGSQL.5432.lock'.length;

/**
 * The embedded server's folders under DATA_DIR/postgres, created when absent.
 * @throws Diagnostic when the socket folder belongs to somebody else.
 */
export function postgresFolders(dataDir: string): PostgresFolders {
  const home = join(dataDir, 'postgres');
  mkdirSync(home, { recursive: true });
  const socket = socketFolder(home);
  mkdirSync(socket, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(socket);
  const owner = process.getuid?.() ?? uid;
  if (uid !== owner && owner !== 0) {
    throw new Diagnostic(`the socket folder ${socket} belongs to another user`);
  }
  chmodSync(socket, 0o700);
  return { home, cluster: join(home, 'cluster'), socket, log: join(home, 'server.log') };
}

/** Where the socket of the embedded server of DATA_DIR is, made or not. */
export function embeddedSocketFolder(dataDir: string): string {
  return socketFolder(join(dataDir, 'postgres'));
}

function socketFolder(home: string): string {
  const inside = join(home, 'socket');
  if (Buffer.byteLength(inside) <= longestSocketFolder) return inside;
  const key = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return join(tmpdir(), `catchment-${process.getuid?.() ?? 0}-${key}`);
}
