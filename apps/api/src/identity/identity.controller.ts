import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { IdentityDecision, IdentityPairs } from '../clinical/contract';
import { Answers } from '../openapi/answers';
import { IdentityDecisionDto, IdentityPairsDto, IdentityWithdrawalDto } from './identity.dto';
import { IdentityService } from './identity.service';

@ApiTags('identity')
@Controller('api/identity')
export class IdentityController {
  constructor(private readonly identity: IdentityService) {}

  @Get('pairs')
  @RequireAbility('read', 'Identity')
  @Answers('Pairs of records that may be one person', 'IdentityPairs')
  pairs(
    @CurrentUser() user: Principal,
    @Req() request: Request,
    @Query() query: IdentityPairsDto,
  ): Promise<IdentityPairs> {
    return this.identity.pairs(user, request, query);
  }

  @Get('decisions')
  @RequireAbility('read', 'Identity')
  @Answers('What people decided about records', 'IdentityDecision', { list: true })
  decisions(@CurrentUser() user: Principal): Promise<IdentityDecision[]> {
    return this.identity.decisions(user);
  }

  @Post('decisions')
  @RequireAbility('change', 'Identity')
  @Answers('Decide about two records', 'IdentityDecision', { status: 201, missing: 'pair of records' })
  decide(@CurrentUser() user: Principal, @Body() decision: IdentityDecisionDto): Promise<IdentityDecision> {
    return this.identity.decide(user, decision);
  }

  @Post('decisions/:id/withdrawal')
  @HttpCode(200)
  @RequireAbility('change', 'Identity')
  @Answers('Withdraw a decision', 'IdentityDecision', { missing: 'decision' })
  withdraw(
    @CurrentUser() user: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() withdrawal: IdentityWithdrawalDto,
  ): Promise<IdentityDecision> {
    return this.identity.withdraw(user, id, withdrawal);
  }
}
