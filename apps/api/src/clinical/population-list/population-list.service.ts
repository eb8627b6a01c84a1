import { Injectable } from '@nestjs/common';
import type { Scope } from '@catchment/store';
import type { PopulationList, PopulationListRow } from '../contract';
import { PanelService } from '../filters/panel.service';
import { patientOrder } from '../lists/patient-order';
import { readPatientPage } from '../lists/patient-page';
import { MartsService } from '../marts/marts.service';
import { findGroup } from '../measure/find-measure';
import type { PopulationListDto } from './population-list.dto';
import { populationJoins, populationListColumns, populationRows } from './population-list.query';

/** The people behind a number. */
@Injectable()
export class PopulationListService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
  ) {}

  /** @throws NotFoundException when the run has no such measure or group */
  async page(
    scope: Scope,
    measureId: string,
    groupId: string,
    query: PopulationListDto,
  ): Promise<PopulationList> {
    const panel = await this.panels.panel(scope, query);
    const { population, q, sort, cursor, limit } = query;
    const key = ['population', panel, measureId, groupId, { population, q, sort, cursor, limit }];
    return this.marts.remember(key, async (marts) => {
      const group = await findGroup(marts, measureId, groupId);
      const list = {
        ...populationRows({ panel, group, population, q }),
        row: { alias: 'r', columns: 'r.*' },
        joins: populationJoins,
        columns: populationListColumns,
        sort,
        order: patientOrder(sort, 'p'),
        within: ['coalesce(r.episode_rid, 0)::varchar'],
      };
      return readPatientPage<PopulationListRow>(marts, scope, list, { cursor, limit });
    });
  }
}
