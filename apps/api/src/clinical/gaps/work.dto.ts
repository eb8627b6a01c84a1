import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { workStatuses } from '@catchment/store';
import type {
  ContactChannel,
  ContactOutcome,
  GapAssignment,
  GapContact,
  GapPlace,
  GapWorkChange,
  SeenGap,
  WorkStatus,
} from '../contract';
import { IsDay } from './is-day';

const channels = ['phone', 'message', 'letter', 'in-person'] as const satisfies readonly ContactChannel[];

const outcomes = [
  'reached',
  'left-message',
  'no-answer',
  'wrong-number',
] as const satisfies readonly ContactOutcome[];

/** The field has to be there, so that nothing is taken back by leaving it out; null says that there is none. */
const OrNull = (): PropertyDecorator => ValidateIf((_, value) => value !== null);

export class GapPlaceDto implements GapPlace {
  @ApiProperty({ description: 'Opaque id of the patient' })
  @IsString()
  @MaxLength(200)
  patientId!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  measureId!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  groupId!: string;
}

export class GapWorkChangeDto implements GapWorkChange {
  @ApiProperty({ minimum: 0, description: 'The version that was seen; 0: nobody had touched it' })
  @IsInt()
  @Min(0)
  version!: number;

  @ApiProperty({ enum: workStatuses })
  @IsIn(workStatuses)
  status!: WorkStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Email (GET /api/gaps/assignees)' })
  @OrNull()
  @IsString()
  @MaxLength(320)
  assignee!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-12-01' })
  @OrNull()
  @IsDay()
  nextActionDate!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Required with `snoozed`, none otherwise' })
  @OrNull()
  @IsDay()
  snoozeUntil!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Required with `declined`, none otherwise' })
  @OrNull()
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  declineReason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  @OrNull()
  @IsString()
  @MaxLength(2000)
  note!: string | null;
}

export class GapContactDto implements GapContact {
  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel!: ContactChannel;

  @ApiProperty({ enum: outcomes })
  @IsIn(outcomes)
  outcome!: ContactOutcome;

  @ApiProperty({ type: String, nullable: true })
  @OrNull()
  @IsString()
  @MaxLength(2000)
  note!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'When to act next; null leaves it as it is' })
  @OrNull()
  @IsDay()
  nextActionDate!: string | null;
}

class SeenGapDto extends GapPlaceDto implements SeenGap {
  @ApiProperty({ minimum: 0, description: 'The version that was seen; 0: nobody had touched it' })
  @IsInt()
  @Min(0)
  version!: number;
}

export class GapAssignmentDto implements GapAssignment {
  @ApiProperty({ type: String, nullable: true, description: 'Email (GET /api/gaps/assignees)' })
  @OrNull()
  @IsString()
  @MaxLength(320)
  assignee!: string | null;

  @ApiProperty({ type: [SeenGapDto], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => SeenGapDto)
  gaps!: SeenGapDto[];
}

export class PatientDto {
  @IsString()
  @MaxLength(200)
  patientId!: string;
}
