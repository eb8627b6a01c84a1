import { Module } from '@nestjs/common';
import { WarehouseService } from '../warehouse/warehouse.service';
import { EvaluationProcessor } from './evaluation.processor';
import { EvaluationRunsService } from './evaluation-runs.service';
import { EvaluationService } from './evaluation.service';

/** Evaluation runs: evaluated, published and recorded, one at a time. */
@Module({
  providers: [WarehouseService, EvaluationProcessor, EvaluationRunsService, EvaluationService],
  exports: [WarehouseService, EvaluationRunsService, EvaluationService],
})
export class EvaluationModule {}
