import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '@catchment/access';
import { readProgress, type Progress } from '@catchment/platform';
import { HealthService } from './health.service';

/** For load balancers, supervisors and the start page. Says nothing about patients. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Numbers are published and PostgreSQL answers' })
  @ApiResponse({ status: 200, description: '`{"status": "ready", "runId"}`' })
  @ApiResponse({ status: 503, description: '`{"status": "not-ready", "reason", "progress"}`' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const readiness = await this.health.readiness();
    if (readiness.ready) return { status: 'ready', runId: readiness.runId };
    response.status(503);
    return { status: 'not-ready', reason: readiness.reason, progress: this.progress() };
  }

  @Get('progress')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'How far the first-start preparation is' })
  progress(): Progress {
    return readProgress(this.health.dataDir);
  }
}
