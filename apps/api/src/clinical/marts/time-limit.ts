import { ServiceUnavailableException } from '@nestjs/common';
import type { Connection } from '@catchment/warehouse';

/** Ends the statement that runs when the time is over. @throws ServiceUnavailableException then */
export async function withTimeLimit<T>(
  connection: Pick<Connection, 'interrupt'>,
  limitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    connection.interrupt();
  }, limitMs);
  try {
    return await work();
  } catch (error) {
    if (over) throw new ServiceUnavailableException('the question took too long: narrow the filter');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
