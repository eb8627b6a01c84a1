import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { signingAlgorithms } from '@catchment/sources';
import type {
  BulkSource,
  CsvSource,
  FolderSource,
  SourceKeyRequest,
  SourceMappingRequest,
  SourcePasswordRequest,
  SourcePullRequest,
  SourceRequest,
  SqlSource,
} from '../clinical/contract';

const levels = ['system', 'patient', 'group'] as const;
const methods = ['GET', 'POST'] as const;
const tlsModes = ['verify', 'encrypt', 'off'] as const;
const orNull = (_: object, value: unknown): boolean => value !== null;

/** A list of short texts, each of them said once in the OpenAPI document. */
function Texts(description: string): PropertyDecorator {
  const decorators = [
    ApiProperty({ type: [String], description }),
    IsArray(),
    ArrayMaxSize(200),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(2000, { each: true }),
  ];
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

/** A text, or null where there is none. */
function TextOrNull(description: string, length = 2000): PropertyDecorator {
  const decorators = [
    ApiProperty({ type: String, nullable: true, description }),
    ValidateIf(orNull),
    IsString(),
    IsNotEmpty(),
    MaxLength(length),
  ];
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

export class BulkSourceDto implements BulkSource {
  @ApiProperty({ example: 'https://ehr.example.org/fhir' })
  @IsString()
  @MaxLength(2000)
  endpoint!: string;

  @ApiProperty({ enum: levels })
  @IsIn(levels)
  level!: BulkSource['level'];

  @TextOrNull('The group, for that level', 200)
  groupId!: string | null;

  @Texts('Resource types; empty: whatever the server has')
  types!: string[];

  @Texts('Search queries, for example Condition?clinical-status=active')
  typeFilters!: string[];

  @Texts('For example Patient.id; empty: whole resources')
  elements!: string[];

  @ApiProperty({ enum: methods })
  @IsIn(methods)
  method!: BulkSource['method'];

  @TextOrNull('This service, as the server knows it; null for an open server', 500)
  clientId!: string | null;

  @TextOrNull('Null where the server announces it')
  tokenUrl!: string | null;

  @ApiProperty({ example: 'system/*.rs' })
  @IsString()
  @MaxLength(4000)
  scope!: string;

  @Texts("Hosts beside the server's own that get its token for files")
  fileHosts!: string[];
}

export class FolderSourceDto implements FolderSource {
  @TextOrNull('Absolute path; null: a folder of its own below the data folder')
  path!: string | null;
}

export class CsvSourceDto extends FolderSourceDto implements CsvSource {}

export class SqlSourceDto implements SqlSource {
  @ApiProperty({ example: 'db.practice.example' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(253)
  host!: string;

  @ApiProperty({ example: 5432 })
  @IsInt()
  port!: number;

  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  database!: string;

  @ApiProperty({ description: 'Who reads; the password is given apart' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  user!: string;

  @ApiProperty({ enum: tlsModes })
  @IsIn(tlsModes)
  tls!: SqlSource['tls'];

  @TextOrNull('PEM of the authority that signed the certificate of the server', 20_000)
  authority!: string | null;

  @TextOrNull('schema.table or table; null where a query is given', 130)
  table!: string | null;

  @TextOrNull('One SELECT statement; null where a table is given', 50_000)
  query!: string | null;

  @ApiProperty({ description: 'Holds FHIR resources, as json, jsonb or text' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  resourceColumn!: string;

  @TextOrNull('Grows with every change; null: everything is read each time', 63)
  changedColumn!: string | null;

  @TextOrNull('Boolean, true where the resource is gone', 63)
  deletedColumn!: string | null;

  @ApiProperty({ description: 'Are resources gone that are in no row of a whole read?' })
  @IsBoolean()
  removesMissing!: boolean;

  @ApiProperty({ example: 10, description: 'Minutes before the newest change that are read again' })
  @IsInt()
  overlapMinutes!: number;
}

export class SourceMappingDto implements SourceMappingRequest {
  @ApiProperty({ example: 'mapping.yaml' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  fileName!: string;

  @ApiProperty({ description: 'YAML or JSON' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000_000)
  text!: string;
}

export class SourcePullDto implements Partial<SourcePullRequest> {
  @ApiPropertyOptional({
    default: false,
    description: 'This once the pull may take away however much is gone at the source',
  })
  @IsOptional()
  @IsBoolean()
  allowsLoss?: boolean;
}

export class SourcePasswordDto implements SourcePasswordRequest {
  @ApiProperty({ writeOnly: true })
  @IsString()
  @IsNotEmpty()
  @MaxLength(1000)
  password!: string;
}

export class SourceDto implements SourceRequest {
  @ApiProperty({ example: 'main ehr', description: 'Never changes: ids of resources are unique within it' })
  @IsString()
  @MaxLength(63)
  name!: string;

  @ApiPropertyOptional({ type: BulkSourceDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => BulkSourceDto)
  bulk?: BulkSourceDto;

  @ApiPropertyOptional({ type: FolderSourceDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FolderSourceDto)
  folder?: FolderSourceDto;

  @ApiPropertyOptional({ type: CsvSourceDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CsvSourceDto)
  csv?: CsvSourceDto;

  @ApiPropertyOptional({ type: SqlSourceDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => SqlSourceDto)
  sql?: SqlSourceDto;

  @TextOrNull('minute hour day-of-month month day-of-week; null: on demand only', 100)
  cron!: string | null;

  @TextOrNull('IANA name, for example America/New_York', 100)
  timeZone!: string | null;

  @ApiProperty()
  @IsBoolean()
  enabled!: boolean;

  @ApiProperty({ description: 'Ask for an evaluation run after a complete pull that changed something' })
  @IsBoolean()
  evaluateAfter!: boolean;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Days after which everything is exported again; 0: always, null: only the first time',
  })
  @ValidateIf(orNull)
  @IsInt()
  fullEveryDays!: number | null;
}

export class SourceKeyDto implements SourceKeyRequest {
  @ApiPropertyOptional({ enum: signingAlgorithms, description: 'Of the pair that is made; default ES384' })
  @IsOptional()
  @IsIn(signingAlgorithms)
  alg?: SourceKeyRequest['alg'];

  @ApiPropertyOptional({ description: 'A private key to be imported instead: JWK or PEM' })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  privateKey?: string;

  @ApiPropertyOptional({ description: "The imported key's name at the server" })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  keyId?: string;
}
