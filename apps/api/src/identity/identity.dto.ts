import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type {
  IdentityDecisionRequest,
  IdentityPairState,
  IdentityVerdict,
  IdentityWithdrawal,
} from '../clinical/contract';

const states = ['waiting', 'merged'] as const satisfies readonly IdentityPairState[];
const verdicts = ['same', 'apart'] as const satisfies readonly IdentityVerdict[];

export class IdentityPairsDto {
  @ApiPropertyOptional({ enum: states, default: 'waiting' })
  @IsOptional()
  @IsIn(states)
  state: IdentityPairState = 'waiting';

  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @ApiPropertyOptional({ minimum: 0, default: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset = 0;
}

export class IdentityWithdrawalDto implements IdentityWithdrawal {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}

export class IdentityDecisionDto extends IdentityWithdrawalDto implements IdentityDecisionRequest {
  @ApiProperty({ description: 'Opaque id of a record' })
  @Matches(/^[0-9a-f]{24}$/)
  left!: string;

  @ApiProperty({ description: 'Opaque id of the other record' })
  @Matches(/^[0-9a-f]{24}$/)
  right!: string;

  @ApiProperty({ enum: verdicts })
  @IsIn(verdicts)
  verdict!: IdentityVerdict;
}
