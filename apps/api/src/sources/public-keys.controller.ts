import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@catchment/access';
import { SourcesService } from './sources.service';

/** The public halves of the keys that this service proves itself with, for servers that fetch them (JWKS). */
@ApiTags('sources')
@Public()
@Controller('.well-known')
export class PublicKeysController {
  constructor(private readonly sources: SourcesService) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Public keys of this service (JWK Set)' })
  keys(): Promise<{ keys: Record<string, unknown>[] }> {
    return this.sources.publicKeys();
  }
}
