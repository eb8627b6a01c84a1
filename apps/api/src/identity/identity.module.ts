import { Module } from '@nestjs/common';
import { ClinicalModule } from '../clinical/clinical.module';
import { IdentityController } from './identity.controller';
import { IdentityService } from './identity.service';

/** Which records of which sources are one person. */
@Module({ imports: [ClinicalModule], controllers: [IdentityController], providers: [IdentityService] })
export class IdentityModule {}
