import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@catchment/platform';

/** Nest's own messages in the process's log. Their parameters are dropped: nobody knows what they hold. */
export function nestLog(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown) => logger.error(message instanceof Error ? message.name : String(message)),
  };
}
