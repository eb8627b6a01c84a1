import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Answers } from '../openapi/answers';
import type { SourceMappingCheck, SourceMappingText, SourceSummary } from '../clinical/contract';
import { SourceMappingDto } from './source.dto';
import { SourceMappingsService } from './source-mappings.service';

/** What CSV extracts of a source mean. */
@ApiTags('sources')
@Controller('api/sources/:sourceId/mapping')
@RequireAbility('read', 'Source')
export class SourceMappingsController {
  constructor(private readonly mappings: SourceMappingsService) {}

  @Get()
  @Answers('The mapping that holds', 'SourceMappingText', { missing: 'mapping' })
  read(@Param('sourceId') sourceId: string): Promise<SourceMappingText> {
    return this.mappings.read(sourceId);
  }

  @Put()
  @RequireAbility('change', 'Source')
  @Answers('Give a mapping: a new version', 'SourceSummary', { missing: 'source' })
  replace(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Body() body: SourceMappingDto,
  ): Promise<SourceSummary> {
    return this.mappings.replace(user, sourceId, body);
  }

  @Post('check')
  @HttpCode(200)
  @RequireAbility('change', 'Source')
  @Answers('Try a mapping with the files that wait in the folder', 'SourceMappingCheck', {
    missing: 'source',
  })
  check(@Param('sourceId') sourceId: string, @Body() body: SourceMappingDto): Promise<SourceMappingCheck> {
    return this.mappings.check(sourceId, body);
  }
}
