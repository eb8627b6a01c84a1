import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Req,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Diagnostic } from '@catchment/platform';
import { Answers } from '../openapi/answers';
import type { SourceRun, SourceSummary, SourceTestStep, UploadedFile } from '../clinical/contract';
import { SourceDto, SourceKeyDto, SourcePasswordDto, SourcePullDto } from './source.dto';
import { SourceRunsService } from './source-runs.service';
import { SourcesService } from './sources.service';
import { UploadsService } from './uploads.service';

const missing = 'source';

/** Where clinical data come from, and every time that they were fetched. */
@ApiTags('sources')
@Controller('api/sources')
@RequireAbility('read', 'Source')
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly runs: SourceRunsService,
    private readonly uploads: UploadsService,
  ) {}

  @Get()
  @Answers('All sources', 'SourceSummary', { list: true })
  list(): Promise<SourceSummary[]> {
    return this.sources.list();
  }

  @Post()
  @RequireAbility('change', 'Source')
  @Answers('Make a source', 'SourceSummary', { status: 201 })
  create(@CurrentUser() user: Principal, @Body() body: SourceDto): Promise<SourceSummary> {
    return this.sources.create(user, body);
  }

  @Get(':sourceId')
  @Answers('One source', 'SourceSummary', { missing })
  read(@Param('sourceId') sourceId: string): Promise<SourceSummary> {
    return this.sources.read(sourceId);
  }

  @Put(':sourceId')
  @RequireAbility('change', 'Source')
  @Answers('Change a source', 'SourceSummary', { missing })
  change(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Body() body: SourceDto,
  ): Promise<SourceSummary> {
    return this.sources.change(user, sourceId, body);
  }

  @Delete(':sourceId')
  @HttpCode(204)
  @RequireAbility('change', 'Source')
  @ApiOperation({ summary: 'Remove a source with its runs and its key; what was loaded from it stays' })
  remove(@CurrentUser() user: Principal, @Param('sourceId') sourceId: string): Promise<void> {
    return this.sources.remove(user, sourceId);
  }

  @Put(':sourceId/key')
  @RequireAbility('change', 'Source')
  @Answers('Make a new key pair, or import one; the private half is never answered', 'SourceSummary', {
    missing,
  })
  replaceKey(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Body() body: SourceKeyDto,
  ): Promise<SourceSummary> {
    return this.sources.replaceKey(user, sourceId, body);
  }

  @Put(':sourceId/password')
  @RequireAbility('change', 'Source')
  @Answers('Give a database source its password; no answer holds it', 'SourceSummary', { missing })
  replacePassword(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Body() { password }: SourcePasswordDto,
  ): Promise<SourceSummary> {
    return this.sources.replacePassword(user, sourceId, password);
  }

  @Post(':sourceId/test')
  @HttpCode(200)
  @RequireAbility('start', 'Source')
  @Answers('Try the connection, without asking for data', 'SourceTestStep', { list: true, missing })
  test(@CurrentUser() user: Principal, @Param('sourceId') sourceId: string): Promise<SourceTestStep[]> {
    return this.sources.test(user, sourceId);
  }

  @Get(':sourceId/runs')
  @Answers('The hundred newest runs', 'SourceRun', { list: true, missing })
  listRuns(@Param('sourceId') sourceId: string): Promise<SourceRun[]> {
    return this.runs.list(sourceId);
  }

  @Post(':sourceId/runs')
  @HttpCode(202)
  @RequireAbility('start', 'Source')
  @Answers('Ask for a run now', 'SourceRun', { status: 202, missing })
  start(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Body() { allowsLoss = false }: SourcePullDto,
  ): Promise<SourceRun> {
    return this.runs.start(user, sourceId, { allowsLoss });
  }

  @Get(':sourceId/runs/:runId')
  @Answers('One run', 'SourceRun', { missing: 'run' })
  readRun(@Param('sourceId') sourceId: string, @Param('runId') runId: string): Promise<SourceRun> {
    return this.runs.read(sourceId, runId);
  }

  @Post(':sourceId/runs/:runId/cancel')
  @HttpCode(202)
  @RequireAbility('start', 'Source')
  @Answers('Cancel a run', 'SourceRun', { status: 202, missing: 'run' })
  cancel(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Param('runId') runId: string,
  ): Promise<SourceRun> {
    return this.runs.cancel(user, sourceId, runId);
  }

  @Post(':sourceId/files')
  @RequireAbility('start', 'Source')
  @ApiConsumes('application/octet-stream')
  @ApiHeader({ name: 'X-File-Name', description: 'Percent-encoded; addresses hold no names', required: true })
  @Answers('Lay a file into the folder of a source', 'UploadedFile', { status: 201, missing })
  upload(
    @CurrentUser() user: Principal,
    @Param('sourceId') sourceId: string,
    @Headers('x-file-name') name: string | undefined,
    @Req() request: Request,
  ): Promise<UploadedFile> {
    if (!request.is('application/octet-stream'))
      throw new UnsupportedMediaTypeException('a file is sent as application/octet-stream');
    const length = request.get('content-length');
    return this.uploads.keep(user, sourceId, {
      name: decodedName(name),
      bytes: length === undefined ? undefined : Number(length),
      content: request,
    });
  }
}

function decodedName(name: string | undefined): string {
  try {
    return decodeURIComponent(name ?? '');
  } catch (cause) {
    throw new Diagnostic('X-File-Name is not percent-encoded', {}, { cause });
  }
}
