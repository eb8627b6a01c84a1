import {
  Inject,
  Module,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { Pool } from 'pg';
import { AccessModule, sessionSecret } from '@catchment/access';
import type { Store } from '@catchment/store';
import { AccessGuard } from './access.guard';
import { SessionController } from './session.controller';
import { endOldSessions, sessionMiddleware } from './session-middleware';

const POOL = Symbol('session pool');
const SECRET = Symbol('session secret');

/** Sessions, sign-in and the guard of every route. */
@Module({})
export class SessionModule implements NestModule, OnApplicationShutdown {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(SECRET) private readonly secret: string,
  ) {
    // An idle connection that breaks is replaced; it is no reason to end.
    pool.on('error', () => undefined);
  }

  static forRoot(store: Store): DynamicModule {
    return {
      module: SessionModule,
      imports: [AccessModule, ThrottlerModule.forRoot([{ limit: 60, ttl: 60_000 }])],
      controllers: [SessionController],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: POOL, useFactory: () => new Pool({ connectionString: store.url, max: 4 }) },
        { provide: SECRET, useFactory: () => sessionSecret(store) },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(sessionMiddleware(this.pool, this.secret), endOldSessions())
      .forRoutes('/api/{*any}', '/fhir/{*any}');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
