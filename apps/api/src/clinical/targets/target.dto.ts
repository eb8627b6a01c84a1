import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export class TargetPlaceDto {
  @ApiPropertyOptional({ description: "Site whose target differs; absent: the organisation's default" })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  site?: string;
}

export class TargetValueDto {
  @ApiProperty({ minimum: 0, maximum: 1, example: 0.75, description: 'At most six decimals' })
  @IsNumber({ maxDecimalPlaces: 6 })
  @Min(0)
  @Max(1)
  value!: number;
}
