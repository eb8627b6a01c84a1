import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './clock';

/** A random id (UUID version 4). */
export function newId(): string {
  return randomUUID();
}

/**
 * An id of an evaluation run: sorts by its start, is a safe file name and says nothing about patients,
 * for example `20261124T053000Z-9f86d0`.
 */
export function newRunId(clock: Clock): string {
  const started = clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
  return `${started}-${randomBytes(3).toString('hex')}`;
}
