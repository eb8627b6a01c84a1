import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type {
  CodeMapping,
  MappingPreview,
  MappingTarget,
  MeasureQualityDetail,
  QualityOverview,
  UnmappedCode,
} from '../clinical/contract';
import { Answers } from '../openapi/answers';
import { MappingsService } from './mappings.service';
import { MappedCodeDto, MappingRequestDto, MappingWithdrawalDto, TargetSearchDto } from './quality.dto';
import { QualityService } from './quality.service';

@ApiTags('quality')
@Controller('api/quality')
export class QualityController {
  constructor(
    private readonly quality: QualityService,
    private readonly mappings: MappingsService,
  ) {}

  @Get()
  @RequireAbility('read', 'DataQuality')
  @Answers('Grades of sources and measures, and what is wrong with the data', 'QualityOverview')
  overview(@CurrentUser() user: Principal): Promise<QualityOverview> {
    return this.quality.overview(user);
  }

  @Get('measures/:measureId')
  @RequireAbility('read', 'DataQuality')
  @Answers('What a measure reads and what is wrong with it', 'MeasureQualityDetail', { missing: 'measure' })
  measure(@Param('measureId') measureId: string): Promise<MeasureQualityDetail> {
    return this.quality.measure(measureId);
  }

  @Get('codes')
  @RequireAbility('read', 'DataQuality')
  @Answers('Codes that no value set knows, by patients', 'UnmappedCode', { list: true })
  codes(): Promise<UnmappedCode[]> {
    return this.mappings.codes();
  }

  @Get('targets')
  @RequireAbility('read', 'DataQuality')
  @Answers('Codes of value sets that a code may mean', 'MappingTarget', { list: true })
  targets(@Query() asked: TargetSearchDto): Promise<MappingTarget[]> {
    return this.mappings.targets(asked);
  }

  @Get('mappings')
  @RequireAbility('read', 'DataQuality')
  @Answers('What people say that codes mean', 'CodeMapping', { list: true })
  list(): Promise<CodeMapping[]> {
    return this.mappings.list();
  }

  @Post('mappings/preview')
  @HttpCode(200)
  @RequireAbility('read', 'DataQuality')
  @Answers('How many patients a mapping would bring into which value sets', 'MappingPreview')
  preview(@Body() mapping: MappedCodeDto): Promise<MappingPreview> {
    return this.mappings.preview(mapping);
  }

  @Post('mappings')
  @RequireAbility('change', 'DataQuality')
  @Answers('Map a code', 'CodeMapping', { status: 201 })
  map(@CurrentUser() user: Principal, @Body() request: MappingRequestDto): Promise<CodeMapping> {
    return this.mappings.map(user, request);
  }

  @Post('mappings/:id/withdrawal')
  @HttpCode(200)
  @RequireAbility('change', 'DataQuality')
  @Answers('Withdraw a mapping', 'CodeMapping', { missing: 'mapping' })
  withdraw(
    @CurrentUser() user: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: MappingWithdrawalDto,
  ): Promise<CodeMapping> {
    return this.mappings.withdraw(user, id, reason);
  }
}
