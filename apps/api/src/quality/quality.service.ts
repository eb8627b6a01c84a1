import { Injectable, NotFoundException } from '@nestjs/common';
import { abilitiesOf, type Principal } from '@catchment/access';
import { readMeasureQuality, readQuality } from '@catchment/quality';
import type { MeasureQualityDetail, QualityOverview } from '../clinical/contract';
import { MartsService } from '../clinical/marts/marts.service';
import { withChecks } from './with-checks';

/** Whether the published data can be trusted. Counts are over everybody: a feed has no site. */
@Injectable()
export class QualityService {
  constructor(private readonly marts: MartsService) {}

  async overview({ role, scope }: Principal): Promise<QualityOverview> {
    const quality = await this.marts.remember(
      ['quality'],
      withChecks(async ({ connection, publication }) => ({
        publication,
        ...(await readQuality(connection)),
      })),
    );
    const everybody = scope.sites === 'all' && scope.providers === 'all';
    if (everybody && abilitiesOf(role).can('read', 'Patient')) return quality;
    // The id of a resource is of a patient, who may be in nobody's scope or in another one.
    return { ...quality, findings: quality.findings.map((finding) => ({ ...finding, examples: [] })) };
  }

  async measure(measureId: string): Promise<MeasureQualityDetail> {
    const quality = await this.marts.remember(
      ['quality', measureId],
      withChecks(({ connection }) => readMeasureQuality(connection, measureId)),
    );
    if (!quality) throw new NotFoundException('there is no such measure');
    return quality;
  }
}
