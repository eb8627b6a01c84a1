import { Module, type DynamicModule } from '@nestjs/common';
import type { Store } from '@catchment/store';
import { EvaluationModule } from '../evaluation/evaluation.module';
import { NewDataService } from './new-data.service';
import { SourceProcessor } from './source.processor';
import { SourceSchedulesService } from './source-schedules.service';
import { STORE } from './store-token';

/** Pulls of sources: by their schedules, when files arrive, and when somebody asks. */
@Module({})
export class SourcesModule {
  static forRoot(store: Store): DynamicModule {
    return {
      module: SourcesModule,
      imports: [EvaluationModule],
      providers: [
        { provide: STORE, useValue: store },
        NewDataService,
        SourceProcessor,
        SourceSchedulesService,
      ],
    };
  }
}
