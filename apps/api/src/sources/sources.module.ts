import { Module } from '@nestjs/common';
import { PublicKeysController } from './public-keys.controller';
import { SourceMappingsController } from './source-mappings.controller';
import { SourceMappingsService } from './source-mappings.service';
import { SourceRunsService } from './source-runs.service';
import { SourcesController } from './sources.controller';
import { SourcesService } from './sources.service';
import { UploadsService } from './uploads.service';

/** Sources, for administrators, and the keys that servers know this service by. */
@Module({
  controllers: [SourcesController, SourceMappingsController, PublicKeysController],
  providers: [SourcesService, SourceMappingsService, SourceRunsService, UploadsService],
})
export class SourcesModule {}
