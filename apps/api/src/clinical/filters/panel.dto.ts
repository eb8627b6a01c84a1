import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { PatientSort } from '../contract';
import { patientSorts } from '../lists/patient-order';

const longest = 200;

/** The filter that every question about a population understands; an empty value: patients without one. */
export class PanelDto {
  @ApiPropertyOptional({ description: 'Site id (GET /api/filters)' })
  @IsOptional()
  @IsString()
  @MaxLength(longest)
  site?: string;

  @ApiPropertyOptional({ description: 'Provider id' })
  @IsOptional()
  @IsString()
  @MaxLength(longest)
  provider?: string;

  @ApiPropertyOptional({ description: 'Payer' })
  @IsOptional()
  @IsString()
  @MaxLength(longest)
  payer?: string;
}

/** A page of a list of patients. */
export class ListDto extends PanelDto {
  @ApiPropertyOptional({ description: 'Words of the name, or the beginning of the medical record number' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before; of one run, list and sort' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

/** A page of a list of patients, sorted by what patients have. */
export class PatientListDto extends ListDto {
  @ApiPropertyOptional({ enum: patientSorts, default: 'name', description: 'A leading `-` reverses' })
  @IsOptional()
  @IsIn(patientSorts)
  sort: PatientSort = 'name';
}
