import { Module } from '@nestjs/common';
import { getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { EvaluationRunsService } from '@catchment/measures';
import type { Clock } from '@catchment/platform';
import { EvaluationRunRecord } from '@catchment/store';
import { CLOCK } from '../settings.module';
import { WarehouseService } from '../warehouse/warehouse.service';
import { EvaluationProcessor } from './evaluation.processor';
import { EvaluationService } from './evaluation.service';

/** Evaluation runs: evaluated, published and recorded, one at a time. */
@Module({
  providers: [
    WarehouseService,
    EvaluationProcessor,
    EvaluationService,
    {
      provide: EvaluationRunsService,
      useFactory: (records: Repository<EvaluationRunRecord>, clock: Clock) =>
        new EvaluationRunsService(records, clock),
      inject: [getRepositoryToken(EvaluationRunRecord), CLOCK],
    },
  ],
  exports: [WarehouseService, EvaluationRunsService, EvaluationService],
})
export class EvaluationModule {}
