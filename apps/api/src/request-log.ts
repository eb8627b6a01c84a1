import type { Params } from 'nestjs-pino';
import type { Request } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@catchment/platform';

/**
 * One line per request: method, route pattern, status and time. Never the address (it may name a patient), a query, a
 * header or a body.
 */
export function requestLog(logger: Logger): Params {
  return {
    pinoHttp: {
      logger,
      quietReqLogger: true,
      autoLogging: { ignore: (request) => /^\/(health|assets)\//.test(request.url ?? '') },
      serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
      customSuccessObject: summary,
      customErrorObject: (request, response, _error, values) => summary(request, response, values),
      customSuccessMessage: () => 'request',
      customErrorMessage: () => 'request',
    },
  };
}

function summary(request: IncomingMessage, response: ServerResponse, values: unknown): object {
  const { responseTime } = values as { responseTime?: number };
  const route = ((request as Request).route as { path?: string } | undefined)?.path ?? 'other';
  return { method: request.method, route, status: response.statusCode, responseTime };
}
