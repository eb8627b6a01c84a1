import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Answers } from '../../openapi/answers';
import type { Run } from '../contract';
import { RunDecisionDto, RunRequestDto } from './run.dto';
import { RunDecisionsService } from './run-decisions.service';
import { RunsService } from './runs.service';

@ApiTags('runs')
@Controller('api/runs')
@RequireAbility('read', 'Run')
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly decisions: RunDecisionsService,
  ) {}

  @Get()
  @Answers('Evaluation runs, newest first', 'Run', { list: true })
  list(): Promise<Run[]> {
    return this.runs.list();
  }

  @Get(':runId')
  @Answers('One evaluation run', 'Run', { missing: 'run' })
  find(@Param('runId') runId: string): Promise<Run> {
    return this.runs.find(runId);
  }

  @Post()
  @HttpCode(202)
  @RequireAbility('start', 'Run')
  @Answers('Ask for an evaluation run', 'Run', { status: 202 })
  start(@CurrentUser() user: Principal, @Body() body: RunRequestDto, @Req() request: Request): Promise<Run> {
    return this.runs.start(user, body, request.ip);
  }

  @Post(':runId/publication')
  @HttpCode(202)
  @RequireAbility('change', 'Run')
  @Answers('Publish the numbers of a suspicious run', 'Run', { status: 202, missing: 'run', versioned: true })
  async publish(
    @CurrentUser() user: Principal,
    @Param('runId') runId: string,
    @Body() { reason }: RunDecisionDto,
    @Req() request: Request,
  ): Promise<Run> {
    await this.runs.find(runId);
    await this.decisions.publish(user, runId, reason, request.ip);
    return this.runs.find(runId);
  }

  @Post(':runId/dismissal')
  @HttpCode(202)
  @RequireAbility('change', 'Run')
  @Answers('Never publish the numbers of a suspicious run', 'Run', {
    status: 202,
    missing: 'run',
    versioned: true,
  })
  async dismiss(
    @CurrentUser() user: Principal,
    @Param('runId') runId: string,
    @Body() { reason }: RunDecisionDto,
    @Req() request: Request,
  ): Promise<Run> {
    await this.runs.find(runId);
    await this.decisions.dismiss(user, runId, reason, request.ip);
    return this.runs.find(runId);
  }
}
