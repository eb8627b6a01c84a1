import { ForbiddenException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import {
  hasChecks,
  mapCode,
  previewMapping,
  readMappings,
  readUnmappedCodes,
  searchTargets,
  withdrawMapping,
  type MappedCode,
} from '@catchment/quality';
import type { CodeMapping as MappingRecord } from '@catchment/store';
import type {
  CodeMapping,
  MappingPreview,
  MappingRequest,
  MappingTarget,
  UnmappedCode,
} from '../clinical/contract';
import { MartsService } from '../clinical/marts/marts.service';
import { withChecks } from './with-checks';

/** Codes that no value set knows, and what people say that they mean: for the whole organisation. */
@Injectable()
export class MappingsService {
  constructor(
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  codes(): Promise<UnmappedCode[]> {
    return this.marts.remember(
      ['unmapped-codes'],
      withChecks(({ connection }) => readUnmappedCodes(connection)),
    );
  }

  targets(asked: { type: string; search: string }): Promise<MappingTarget[]> {
    return this.marts.read(withChecks(({ connection }) => searchTargets(connection, asked)));
  }

  preview(mapping: MappedCode): Promise<MappingPreview> {
    return this.marts.read(withChecks(({ connection }) => previewMapping(connection, mapping)));
  }

  async list(): Promise<CodeMapping[]> {
    const [records, followed] = [await readMappings(this.dataSource), await this.published()];
    return records.map((record) => shapeOf(record, followed));
  }

  /** @throws ForbiddenException when the scope is not the whole organisation */
  async map(by: Principal, request: MappingRequest): Promise<CodeMapping> {
    requireEverybody(by);
    // What would change nothing, or nothing that is known, is refused with the reason.
    await this.preview(request);
    const record = await mapCode(this.dataSource, request, { by: by.email, reason: request.reason });
    await this.note(by, 'map-code', record);
    return shapeOf(record, await this.published());
  }

  /** @throws ForbiddenException when the scope is not the whole organisation */
  async withdraw(by: Principal, id: string, reason: string): Promise<CodeMapping> {
    requireEverybody(by);
    const held = (await readMappings(this.dataSource)).find((mapping) => mapping.id === id);
    if (!held) throw new NotFoundException('there is no such mapping');
    const record = await withdrawMapping(this.dataSource, id, { by: by.email, reason });
    await this.note(by, 'withdraw-code-mapping', record);
    return shapeOf(record, await this.published());
  }

  private note(by: Principal, action: string, record: MappingRecord): Promise<void> {
    const { id, system, code, targetSystem, targetCode } = record;
    return this.audit.record({
      actor: by.email,
      action,
      objectType: 'CodeMapping',
      objectId: id,
      detail: { system, code, targetSystem, targetCode },
    });
  }

  /** The mappings that the published numbers follow. */
  private async published(): Promise<ReadonlySet<string>> {
    const rows = await this.marts.read(async ({ connection }) =>
      // Numbers from before the checks follow no mapping.
      (await hasChecks(connection))
        ? connection.rows<MappedCode & { at: string }>(
            `select system, code, target_system as "targetSystem", target_code as "targetCode",
              strftime(mapped_at, '%Y-%m-%dT%H:%M:%S.%gZ') as "at"
             from mapped_code`,
          )
        : [],
    );
    return new Set(rows.map(keyOf));
  }
}

/** One mapping: the same that was said again, after a withdrawal, is another one. */
function keyOf({ system, code, targetSystem, targetCode, at }: MappedCode & { at: string }): string {
  return JSON.stringify([system, code, targetSystem, targetCode, at]);
}

function shapeOf(record: MappingRecord, followed: ReadonlySet<string>): CodeMapping {
  const { id, system, code, targetSystem, targetCode, reason, withdrawnBy, withdrawnAt, withdrawnReason } =
    record;
  const at = record.mappedAt.toISOString();
  return {
    id,
    system,
    code,
    targetSystem,
    targetCode,
    reason,
    by: record.mappedBy,
    at,
    withdrawn:
      withdrawnAt && withdrawnBy
        ? { by: withdrawnBy, at: withdrawnAt.toISOString(), reason: withdrawnReason }
        : null,
    published: followed.has(keyOf({ system, code, targetSystem, targetCode, at })),
  };
}

function requireEverybody({ scope: { sites, providers } }: Principal): void {
  if (sites !== 'all' || providers !== 'all')
    throw new ForbiddenException('a code mapping is about every patient of the organisation');
}
