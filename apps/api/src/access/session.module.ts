import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessModule } from '@catchment/access';
import { AccessGuard } from './access.guard';
import { SessionController } from './session.controller';

@Module({
  imports: [AccessModule, ThrottlerModule.forRoot([{ limit: 60, ttl: 60_000 }])],
  controllers: [SessionController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
})
export class SessionModule {}
