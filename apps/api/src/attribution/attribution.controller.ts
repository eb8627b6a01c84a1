import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import type { AttributionPreview, AttributionSetting } from '../clinical/contract';
import { Answers } from '../openapi/answers';
import { AttributionChangeDto, AttributionRuleDto } from './attribution.dto';
import { AttributionService } from './attribution.service';

@ApiTags('attribution')
@Controller('api/attribution')
export class AttributionController {
  constructor(private readonly attribution: AttributionService) {}

  @Get()
  @RequireAbility('read', 'Attribution')
  @Answers('The attribution rule', 'AttributionSetting')
  setting(): Promise<AttributionSetting> {
    return this.attribution.setting();
  }

  @Post('preview')
  @HttpCode(200)
  @RequireAbility('read', 'Attribution')
  @Answers('How many patients a rule would move', 'AttributionPreview')
  preview(@CurrentScope() scope: Scope, @Body() rule: AttributionRuleDto): Promise<AttributionPreview> {
    return this.attribution.preview(scope, rule);
  }

  @Put()
  @RequireAbility('change', 'Attribution')
  @Answers('Choose an attribution rule', 'AttributionSetting')
  choose(
    @CurrentUser() user: Principal,
    @Body() { rule, reason }: AttributionChangeDto,
  ): Promise<AttributionSetting> {
    return this.attribution.choose(user, rule, reason);
  }
}
