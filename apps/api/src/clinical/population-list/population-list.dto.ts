import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { listedPopulations, type ListedPopulation } from '@catchment/population';
import { exportFormats, type ExportFormat } from '../exports/flat-list';
import { PanelDto, PatientListDto } from '../filters/panel.dto';

export class PopulationListDto extends PatientListDto {
  @ApiProperty({ enum: listedPopulations })
  @IsIn(listedPopulations)
  population!: ListedPopulation;
}

export class PopulationExportDto extends PanelDto {
  @ApiProperty({ enum: listedPopulations })
  @IsIn(listedPopulations)
  population!: ListedPopulation;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiProperty({ enum: exportFormats })
  @IsIn(exportFormats)
  format!: ExportFormat;
}
