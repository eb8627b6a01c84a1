import { Injectable } from '@nestjs/common';
import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { CohortList, CohortMemberList, CohortMemberRow, CohortPage } from '../contract';
import type { PanelDto, PatientListDto } from '../filters/panel.dto';
import { PanelService } from '../filters/panel.service';
import { evidenceResource, patientColumns } from '../lists/patient-columns';
import { patientOrder } from '../lists/patient-order';
import { readPatientPage } from '../lists/patient-page';
import { searchCondition } from '../lists/search';
import { MartsService } from '../marts/marts.service';
import { readCohortList, readCohortPage, requireCohort } from './cohorts.query';

/** People who have a chronic condition. */
@Injectable()
export class CohortsService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
  ) {}

  async list(scope: Scope, query: PanelDto): Promise<CohortList> {
    const panel = await this.panels.panel(scope, query);
    return this.marts.remember(['cohorts', panel], (marts) => readCohortList(marts, panel));
  }

  /** @throws NotFoundException when there is no such cohort */
  async page(scope: Scope, cohortId: string, query: PanelDto): Promise<CohortPage> {
    const panel = await this.panels.panel(scope, query);
    return this.marts.remember(['cohort', panel, cohortId], (marts) =>
      readCohortPage(marts, panel, cohortId),
    );
  }

  /** @throws NotFoundException when there is no such cohort */
  async members(scope: Scope, cohortId: string, query: PatientListDto): Promise<CohortMemberList> {
    const panel = await this.panels.panel(scope, query);
    const { q, sort, cursor, limit } = query;
    return this.marts.remember(['members', panel, cohortId, { q, sort, cursor, limit }], async (marts) => {
      await requireCohort(marts, cohortId);
      const parameters = new Parameters();
      const list = {
        from: 'cohort_member as m inner join patient as p on p.pid = m.pid',
        where: [
          `m.cohort_id = ${parameters.bind(cohortId)}`,
          panelCondition('p', scope, panel.filter, parameters),
          searchCondition('p', q, parameters),
        ].join(' and '),
        parameters,
        row: { alias: 'm', columns: 'm.*' },
        joins: `left join resource as f on f.rid = m.first_rid and f.pid = m.pid
    left join resource as l on l.rid = m.latest_rid and l.pid = m.pid`,
        columns: memberColumns,
        sort,
        order: patientOrder(sort, 'p'),
        within: [],
      };
      return readPatientPage<CohortMemberRow>(marts, scope, list, { cursor, limit });
    });
  }
}

/** A `CohortMemberRow`. */
const memberColumns = `${patientColumns('p')},
        m.first_evidence as "firstEvidence",
        m.latest_evidence as "latestEvidence",
        m.evidence_count as "evidenceCount",
        ${evidenceResource('f')} as "first",
        ${evidenceResource('l')} as "latest"`;
