import { Injectable } from '@nestjs/common';
import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { NotEvaluatedList, PatientRow } from '../contract';
import type { PatientListDto } from '../filters/panel.dto';
import { PanelService } from '../filters/panel.service';
import { patientColumns } from '../lists/patient-columns';
import { patientOrder } from '../lists/patient-order';
import { readPatientPage } from '../lists/patient-page';
import { searchCondition } from '../lists/search';
import { MartsService } from '../marts/marts.service';
import { failurePlace } from './failure-place';
import { findMeasure } from './find-measure';

/** The patients for whom a measure could not be evaluated: behind `notEvaluated` of the measure's page. */
@Injectable()
export class NotEvaluatedService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
  ) {}

  /** @throws NotFoundException when the run has no such measure */
  async page(scope: Scope, measureId: string, query: PatientListDto): Promise<NotEvaluatedList> {
    const panel = await this.panels.panel(scope, query);
    const { q, sort, cursor, limit } = query;
    const key = ['not-evaluated', panel, measureId, { q, sort, cursor, limit }];
    return this.marts.remember(key, async (marts) => {
      await findMeasure(marts, measureId);
      const parameters = new Parameters();
      const list = {
        from: 'not_evaluated as n inner join patient as p on p.pid = n.pid',
        where: [
          `n.measure_id = ${parameters.bind(measureId)}`,
          panelCondition('p', scope, panel.filter, parameters),
          searchCondition('p', q, parameters),
        ].join(' and '),
        parameters,
        row: { alias: 'n', columns: 'n.*' },
        columns: `${patientColumns('p')}, n.reason as "failure"`,
        sort,
        order: patientOrder(sort, 'p'),
        within: [],
      };
      const page = await readPatientPage<PatientRow & { failure: string }>(marts, scope, list, {
        cursor,
        limit,
      });
      return {
        ...page,
        rows: page.rows.map(({ failure, ...row }) => ({ ...row, ...failurePlace(failure) })),
      };
    });
  }
}
