import { Module } from '@nestjs/common';
import { EvaluationModule } from '../evaluation/evaluation.module';
import { DemoContentService } from './demo-content.service';
import { DemoTrendService } from './demo-trend.service';
import { PreparationService } from './preparation.service';

/** The first start. */
@Module({
  imports: [EvaluationModule],
  providers: [DemoContentService, DemoTrendService, PreparationService],
})
export class PreparationModule {}
