import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Diagnostic, type Settings } from '@catchment/platform';
import { openWarehouse, type Connection, type Database } from '@catchment/warehouse';
import { SETTINGS } from '../settings.module';

/** So long a command of somebody else (`catchment load`) may hold the warehouse before work gives up. */
const patience = 120_000;

/** Somebody else has the warehouse; later it may be free. */
export class WarehouseBusy extends Diagnostic {}

/**
 * The warehouse file, which one process at a time can open. The worker takes it for the time of a piece of work and
 * gives it back, so that the command line can load data beside an idle service; pieces of work take turns.
 */
@Injectable()
export class WarehouseService {
  private last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /**
   * @throws WarehouseBusy when another process holds the warehouse for longer than two minutes
   */
  async use<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.last.then(() => this.open(work, signal));
    // Whoever comes next waits for the end, not for success.
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async open<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const database = await this.acquire(signal);
    const interrupt = (): void => database.main.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work(database.main);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      database.close();
    }
  }

  private async acquire(signal?: AbortSignal): Promise<Database> {
    const deadline = Date.now() + patience;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await openWarehouse(this.settings.dataDir);
      } catch (error) {
        if (!(error instanceof Diagnostic)) throw error;
        if (Date.now() > deadline) throw new WarehouseBusy(error.message, {}, { cause: error });
      }
      await sleep(1_000, undefined, { signal });
    }
  }
}
