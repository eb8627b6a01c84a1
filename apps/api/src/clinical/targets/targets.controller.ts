import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { TargetSetting } from '../contract';
import { TargetPlaceDto, TargetValueDto } from './target.dto';
import { TargetsService } from './targets.service';

@ApiTags('targets')
@Controller('api/targets')
export class TargetsController {
  constructor(private readonly targets: TargetsService) {}

  @Get()
  @RequireAbility('read', 'Target')
  @Answers('All targets', 'TargetSetting', { list: true })
  list(@CurrentScope() scope: Scope): Promise<TargetSetting[]> {
    return this.targets.list(scope);
  }

  @Put(':measureId/:groupId')
  @RequireAbility('change', 'Target')
  @Answers('Set a target', 'TargetSetting', { missing: 'measure or group' })
  set(
    @CurrentUser() user: Principal,
    @Param('measureId') measureId: string,
    @Param('groupId') groupId: string,
    @Query() { site }: TargetPlaceDto,
    @Body() { value }: TargetValueDto,
  ): Promise<TargetSetting> {
    return this.targets.set(user, { measureId, groupId, site }, value);
  }

  @Delete(':measureId/:groupId')
  @HttpCode(204)
  @RequireAbility('change', 'Target')
  @ApiOperation({ summary: 'Take a target back' })
  remove(
    @CurrentUser() user: Principal,
    @Param('measureId') measureId: string,
    @Param('groupId') groupId: string,
    @Query() { site }: TargetPlaceDto,
  ): Promise<void> {
    return this.targets.remove(user, { measureId, groupId, site });
  }
}
