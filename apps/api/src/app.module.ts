import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger, Settings } from '@catchment/platform';
import { QueuesModule, StoreModule, type Store } from '@catchment/store';
import { ClinicalModule } from './clinical/clinical.module';
import { HealthModule } from './health/health.module';
import { MetricsModule } from './metrics/metrics.module';
import { requestLog } from './request-log';
import { SessionModule } from './access/session.module';
import { SettingsModule } from './settings.module';
import { SourcesModule } from './sources/sources.module';

/** The HTTP process: the API. The web app is served beside it (application.ts). */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, store: Store, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggerModule.forRoot(requestLog(logger)),
        StoreModule.forRoot(store),
        QueuesModule.forRoot(settings, store.url),
        SessionModule.forRoot(store),
        HealthModule,
        MetricsModule,
        ClinicalModule,
        SourcesModule,
      ],
    };
  }
}
