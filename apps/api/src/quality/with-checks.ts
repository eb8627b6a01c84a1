import { ServiceUnavailableException } from '@nestjs/common';
import { hasChecks } from '@catchment/quality';
import type { Marts } from '../clinical/marts/marts.service';

/**
 * Work on published numbers whose data were checked.
 * @throws ServiceUnavailableException when an earlier version published them: nothing is wrong with the question, and
 *   the next evaluation knows the answer
 */
export function withChecks<T>(work: (marts: Marts) => Promise<T>): (marts: Marts) => Promise<T> {
  return async (marts) => {
    if (await hasChecks(marts.connection)) return work(marts);
    throw new ServiceUnavailableException(
      'the data of the published numbers were not checked, because an earlier version published them: their quality is known from the next evaluation on',
    );
  };
}
