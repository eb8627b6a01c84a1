import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { attributionSteps, lookBacks } from '@catchment/population';
import type { AttributionChange, AttributionRule } from '../clinical/contract';

const places = ['patient', 'provider'] as const;

export class AttributionRuleDto implements AttributionRule {
  @ApiProperty({ enum: attributionSteps, isArray: true })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(attributionSteps, { each: true })
  steps!: AttributionRule['steps'];

  @ApiProperty({ enum: lookBacks })
  @IsIn(lookBacks)
  lookBackMonths!: (typeof lookBacks)[number];

  @ApiProperty({ enum: places })
  @IsIn(places)
  siteOf!: AttributionRule['siteOf'];

  @ApiProperty()
  @IsBoolean()
  topSite!: boolean;
}

export class AttributionChangeDto implements AttributionChange {
  @ApiProperty({ type: AttributionRuleDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AttributionRuleDto)
  rule!: AttributionRuleDto;

  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}
