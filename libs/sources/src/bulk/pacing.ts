import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@catchment/platform';

/** Time, as the client sees it; tests give one that does not wait. */
export interface Pacing {
  clock: Clock;
  /** Resolves after so many milliseconds; rejects when the signal says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realPacing = (clock: Clock): Pacing => ({
  clock,
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal });
  },
});

/**
 * Milliseconds until a `Retry-After` header allows the next request: seconds or an HTTP date.
 * @returns undefined when there is none or it is neither.
 */
export function retryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** Pauses that double, from a first to a longest one. */
export function backOff(attempt: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 30));
}
