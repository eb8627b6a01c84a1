import { Module } from '@nestjs/common';
import { ClinicalModule } from '../clinical/clinical.module';
import { AttributionController } from './attribution.controller';
import { AttributionService } from './attribution.service';

/** Which provider and site answer for whom. */
@Module({ imports: [ClinicalModule], controllers: [AttributionController], providers: [AttributionService] })
export class AttributionModule {}
