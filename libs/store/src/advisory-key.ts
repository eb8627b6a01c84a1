import { createHash } from 'node:crypto';

/** A key for PostgreSQL's advisory locks, the same in every process. */
export function advisoryKey(name: string): string {
  return createHash('sha256').update(`catchment:${name}`).digest().readBigInt64BE().toString();
}
