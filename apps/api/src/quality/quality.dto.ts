import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { MappedCode, MappingRequest, MappingWithdrawal } from '../clinical/contract';

export class TargetSearchDto {
  @ApiProperty({ maxLength: 100, description: 'Type of the resources that have the code' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  type!: string;

  @ApiProperty({
    maxLength: 200,
    description: 'Words of the code (its beginning), of its display or of the title of a value set',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  search!: string;
}

export class MappedCodeDto implements MappedCode {
  @ApiProperty({ maxLength: 500, description: 'As the source writes it; empty where it writes none' })
  @IsString()
  @MaxLength(500)
  system!: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  code!: string;

  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  targetSystem!: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  targetCode!: string;
}

export class MappingRequestDto extends MappedCodeDto implements MappingRequest {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}

export class MappingWithdrawalDto implements MappingWithdrawal {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}
