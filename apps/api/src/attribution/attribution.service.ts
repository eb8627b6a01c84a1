import { ForbiddenException, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import {
  checkAttributionRule,
  defaultAttributionRule,
  previewAttribution,
  readRuleVersion,
  setRule,
  type AttributionRule,
} from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { AttributionPreview, AttributionSetting } from '../clinical/contract';
import { MartsService } from '../clinical/marts/marts.service';

/** The rule by which patients are attributed: one for the whole organisation. */
@Injectable()
export class AttributionService {
  constructor(
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  async setting(): Promise<AttributionSetting> {
    const version = await readRuleVersion(this.dataSource, 'attribution');
    const published = await this.marts.read(({ connection }) =>
      connection.first<{ version: number }>('select version from attribution_rule'),
    );
    return {
      rule: version ? checkAttributionRule(version.rule) : defaultAttributionRule,
      version: version?.version ?? 0,
      setBy: version?.setBy ?? null,
      setAt: version?.setAt.toISOString() ?? null,
      reason: version?.reason ?? null,
      publishedVersion: published?.version ?? 0,
    };
  }

  /** @throws ForbiddenException when the scope is not the whole organisation */
  preview(scope: Scope, rule: AttributionRule): Promise<AttributionPreview> {
    requireEverybody(scope);
    return this.marts.remember(['attribution-preview', rule], ({ connection }) =>
      previewAttribution(connection, rule),
    );
  }

  /** @throws ForbiddenException when the scope is not the whole organisation */
  async choose(by: Principal, rule: AttributionRule, reason: string): Promise<AttributionSetting> {
    requireEverybody(by.scope);
    const { version } = await setRule(this.dataSource, 'attribution', rule, { by: by.email, reason });
    await this.audit.record({
      actor: by.email,
      action: 'set-attribution-rule',
      objectType: 'AttributionRule',
      objectId: String(version),
      detail: { ...rule },
    });
    return this.setting();
  }
}

function requireEverybody({ sites, providers }: Scope): void {
  if (sites !== 'all' || providers !== 'all')
    throw new ForbiddenException('the attribution rule is about every patient of the organisation');
}
