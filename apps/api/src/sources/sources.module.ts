import { Module } from '@nestjs/common';
import { PublicKeysController } from './public-keys.controller';
import { SourceRunsService } from './source-runs.service';
import { SourcesController } from './sources.controller';
import { SourcesService } from './sources.service';
import { UploadsService } from './uploads.service';

/** Sources, for administrators, and the keys that servers know this service by. */
@Module({
  controllers: [SourcesController, PublicKeysController],
  providers: [SourcesService, SourceRunsService, UploadsService],
})
export class SourcesModule {}
