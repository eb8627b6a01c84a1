import { Controller, Get, Header, Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { Registry, Histogram, collectDefaultMetrics } from 'prom-client';
import { Public } from '@catchment/access';

const registry = new Registry();
const duration = new Histogram({
  name: 'catchment_http_request_seconds',
  help: 'Duration of HTTP requests, by route pattern (never by address)',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

/** Figures about the process for Prometheus; nothing about patients or people. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  @Get()
  @Header('Content-Type', registry.contentType)
  async metrics(): Promise<string> {
    return registry.metrics();
  }
}

@Module({ controllers: [MetricsController] })
export class MetricsModule implements NestModule {
  constructor() {
    registry.clear();
    registry.registerMetric(duration);
    collectDefaultMetrics({ register: registry, prefix: 'catchment_' });
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(measureRequests).forRoutes('{*any}');
  }
}

function measureRequests(request: Request, response: Response, next: NextFunction): void {
  const stop = duration.startTimer({ method: request.method });
  response.once('finish', () => {
    const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
    stop({ route, status: response.statusCode });
  });
  next();
}
