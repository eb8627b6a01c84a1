import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger, Settings } from '@catchment/platform';
import { QueuesModule, StoreModule, type Store } from '@catchment/store';
import { EvaluationModule } from './evaluation/evaluation.module';
import { PreparationModule } from './preparation/preparation.module';
import { ReportsModule } from './reports/reports.module';
import { SettingsModule } from './settings.module';
import { SourcesModule } from './sources/sources.module';

/** The process that does the heavy work: pulls, evaluation runs, reports and the preparation of the first start. */
@Module({})
export class WorkerModule {
  static forRoot(settings: Settings, store: Store, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        SettingsModule.forRoot(settings, logger),
        StoreModule.forRoot(store),
        QueuesModule.forRoot(settings, store.url),
        EvaluationModule,
        ReportsModule,
        SourcesModule.forRoot(store),
        PreparationModule,
      ],
    };
  }
}
