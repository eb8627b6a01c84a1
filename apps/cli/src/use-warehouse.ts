import { openWarehouse, type Connection } from '@catchment/warehouse';

/** Opens the warehouse of a data folder for each piece of work; a signal interrupts what runs in it. */
export function warehouseOf(dataDir: string) {
  return async <T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    const database = await openWarehouse(dataDir);
    const interrupt = (): void => database.main.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work(database.main);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      database.close();
    }
  };
}
