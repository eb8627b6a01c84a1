import type { Pacing } from './pacing';

/** Time that passes only by sleeping, and at once. */
export class InstantPacing implements Pacing {
  readonly pauses: number[] = [];
  private at: number;

  constructor(start = '2026-11-25T06:00:00Z') {
    this.at = Date.parse(start);
  }

  readonly clock = { now: (): Date => new Date(this.at) };

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.pauses.push(milliseconds);
    this.at += milliseconds;
    await Promise.resolve();
  }
}
