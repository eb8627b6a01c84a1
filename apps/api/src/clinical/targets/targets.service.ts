import { ForbiddenException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic } from '@catchment/platform';
import { Target, type Scope } from '@catchment/store';
import type { TargetSetting } from '../contract';
import { PanelService, type Panel } from '../filters/panel.service';
import { MartsService } from '../marts/marts.service';
import { findGroup } from '../measure/find-measure';
import type { TargetOf } from './with-target';

/** Which target is meant. */
export interface TargetPlace {
  measureId: string;
  groupId: string;
  /** Absent: the organisation's default. */
  site?: string;
}

/** The rates that people want to reach: one default for the organisation, and overrides for sites. */
@Injectable()
export class TargetsService {
  constructor(
    @InjectRepository(Target) private readonly targets: Repository<Target>,
    private readonly marts: MartsService,
    private readonly panels: PanelService,
    private readonly audit: AuditTrailService,
  ) {}

  /** All that the scope may see: the defaults, and the overrides of its sites. */
  async list({ sites }: Scope): Promise<TargetSetting[]> {
    const all = await this.targets.find({ order: { measureId: 'ASC', groupId: 'ASC', siteId: 'ASC' } });
    return all
      .filter(({ siteId }) => siteId === '' || sites === 'all' || sites.includes(siteId))
      .map(settingOf);
  }

  /** The targets that hold for a panel: those of its site when it is one site, else the defaults. */
  async forPanel({ scope, filter }: Panel): Promise<TargetOf> {
    const onlySite = scope.sites !== 'all' && scope.sites.length === 1 ? scope.sites[0] : undefined;
    const site = filter.site || onlySite;
    const values = new Map(
      (await this.targets.find()).map(({ value, ...target }) => [placeKey(target), value]),
    );
    return (measureId, groupId) =>
      (site !== undefined ? values.get(placeKey({ measureId, groupId, siteId: site })) : undefined) ??
      values.get(placeKey({ measureId, groupId, siteId: '' }));
  }

  /**
   * Sets a target.
   * @throws NotFoundException when nothing of that name is published
   * @throws ForbiddenException when the scope does not hold the place
   */
  async set(by: Principal, place: TargetPlace, value: number): Promise<TargetSetting> {
    await this.requirePlace(by.scope, place);
    const { measureId, groupId, site: siteId = '' } = place;
    await this.targets.upsert(
      { measureId, groupId, siteId, value: value.toFixed(6), setBy: by.email, updatedAt: new Date() },
      ['measureId', 'groupId', 'siteId'],
    );
    await this.record(by, 'set-target', place, { value });
    return settingOf(await this.targets.findOneByOrFail({ measureId, groupId, siteId }));
  }

  /** Takes a target back. @throws NotFoundException when there is none */
  async remove(by: Principal, place: TargetPlace): Promise<void> {
    requireSite(by.scope, place.site);
    const { measureId, groupId, site: siteId = '' } = place;
    const { affected } = await this.targets.delete({ measureId, groupId, siteId });
    if (!affected) throw new NotFoundException('no such target is set');
    await this.record(by, 'remove-target', place, {});
  }

  private async requirePlace(scope: Scope, { measureId, groupId, site }: TargetPlace): Promise<void> {
    requireSite(scope, site);
    if (site === '') throw new Diagnostic('a site target needs the id of the site');
    if (site !== undefined) await this.panels.panel(scope, { site });
    const { scoring } = await this.marts.read((marts) => findGroup(marts, measureId, groupId));
    if (scoring !== 'proportion') {
      throw new Diagnostic('only a measure that is scored as a proportion can have a target');
    }
  }

  private record(by: Principal, action: string, place: TargetPlace, detail: object): Promise<void> {
    const { measureId, groupId, site } = place;
    return this.audit.record({
      actor: by.email,
      action,
      objectType: 'Target',
      objectId: measureId,
      detail: { groupId, site: site ?? null, ...detail },
    });
  }
}

function requireSite({ sites }: Scope, site: string | undefined): void {
  if (sites === 'all' || (site !== undefined && sites.includes(site))) return;
  throw new ForbiddenException(
    site === undefined ? "the organisation's default is not yours to set" : 'this site is not yours',
  );
}

function placeKey({ measureId, groupId, siteId }: Pick<Target, 'measureId' | 'groupId' | 'siteId'>): string {
  return JSON.stringify([measureId, groupId, siteId]);
}

function settingOf({ measureId, groupId, siteId, value, setBy, updatedAt }: Target): TargetSetting {
  return {
    measureId,
    groupId,
    siteId: siteId === '' ? null : siteId,
    value: Number(value),
    setBy,
    updatedAt: updatedAt.toISOString(),
  };
}
