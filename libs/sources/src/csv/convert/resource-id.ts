import { createHash } from 'node:crypto';

/**
 * The id of a row's resource: the same for the same key in every extract. The table's name stands in front, so that
 * rows of one table can be told from those of another; key values, which may be numbers of patients, do not.
 */
export function resourceId(table: string, key: readonly string[]): string {
  return `${table}-${hashOf(JSON.stringify(key))}`;
}

/** 128 bits of SHA-256, as 32 hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
