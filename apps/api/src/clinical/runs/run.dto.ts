import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import type { RunDecisionRequest, RunRequest } from '../contract';

const day = /^\d{4}-\d{2}-\d{2}$/;

export class RunRequestDto implements RunRequest {
  @ApiPropertyOptional({ type: [String], description: 'Default: every measure of the service' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  measureIds?: string[];

  @ApiProperty({ example: '2026-01-01' })
  @Matches(day, { message: 'periodStart must be a day, YYYY-MM-DD' })
  periodStart!: string;

  @ApiProperty({ example: '2026-12-31', description: 'Inclusive' })
  @Matches(day, { message: 'periodEnd must be a day, YYYY-MM-DD' })
  periodEnd!: string;

  @ApiProperty({ example: 'value sets of 2026-11 imported' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}

export class RunDecisionDto implements RunDecisionRequest {
  @ApiProperty({ example: 'two sites left in November' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}
