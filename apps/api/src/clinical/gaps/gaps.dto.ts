import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { workStatuses } from '@catchment/store';
import type { GapReason, GapSort, GapStatus, WorkStatus } from '../contract';
import { exportFormats, type ExportFormat } from '../exports/flat-list';
import { ListDto } from '../filters/panel.dto';
import { gapSorts } from '../lists/patient-order';
import { IsDay } from './is-day';

const gapStatuses = [
  'open-gap',
  'closed-gap',
  'prospective-gap',
  'not-applicable',
] as const satisfies readonly GapStatus[];

const gapReasons = [
  'NotFound',
  'Missing',
  'Present',
  'InvalidAttribute',
  'DateInRange',
  'DateOutOfRange',
  'ValueInRange',
  'ValueOutOfRange',
  'CountInRange',
  'CountOutOfRange',
] as const satisfies readonly GapReason[];

/** Which gaps: what the list and its export have in common. */
export class GapsDto extends ListDto {
  @ApiPropertyOptional({ description: 'Id of a measure' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  measure?: string;

  @ApiPropertyOptional({ description: 'Id of a group of the measure' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  group?: string;

  @ApiPropertyOptional({ enum: gapStatuses, default: 'open-gap' })
  @IsOptional()
  @IsIn(gapStatuses)
  status: GapStatus = 'open-gap';

  @ApiPropertyOptional({ enum: gapReasons, description: 'DEQM care-gap reason' })
  @IsOptional()
  @IsIn(gapReasons)
  reason?: GapReason;

  @ApiPropertyOptional({
    enum: workStatuses,
    description: 'Work status; `new` are also those that nobody has touched',
  })
  @IsOptional()
  @IsIn(workStatuses)
  work?: WorkStatus;

  @ApiPropertyOptional({ description: 'Email of who should act, `me` or `nobody`' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(320)
  assignee?: string;

  @ApiPropertyOptional({
    example: '2026-12-01',
    description: 'Next action, or end of the snooze, on that day or before',
  })
  @IsOptional()
  @IsDay()
  nextBy?: string;

  @ApiPropertyOptional({ enum: gapSorts, default: 'priority' })
  @IsOptional()
  @IsIn(gapSorts)
  sort: GapSort = 'priority';

  @ApiPropertyOptional({ enum: ['patient', 'gap'], default: 'patient', description: 'One row per …' })
  @IsOptional()
  @IsIn(['patient', 'gap'])
  by: 'patient' | 'gap' = 'patient';
}

/** An export has one row per gap, and every row. */
export class GapsExportDto extends GapsDto {
  @ApiProperty({ enum: exportFormats })
  @IsIn(exportFormats)
  format!: ExportFormat;
}
