import { Injectable } from '@nestjs/common';
import type { Scope } from '@catchment/store';
import type { GapList, GapPatientList } from '../contract';
import { PanelService } from '../filters/panel.service';
import { MartsService } from '../marts/marts.service';
import { findGroup, findMeasure } from '../measure/find-measure';
import { readGapPage, readGapPatientPage } from './gap-pages';
import type { GapsDto } from './gaps.dto';
import type { GapQuestion } from './gaps.query';
import { WorkService } from './work.service';

/** The worklist: gaps that the run computed, and what people do about them. */
@Injectable()
export class GapsService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
    private readonly work: WorkService,
  ) {}

  async byGap(scope: Scope, query: GapsDto): Promise<GapList> {
    const question = await this.question(scope, query);
    const { sort, cursor, limit } = query;
    const page = await this.marts.remember(['gaps', question, { sort, cursor, limit }], (marts) =>
      readGapPage(marts, question, { sort, cursor, limit }),
    );
    const workOf = await this.work.ofPatients(page.rows.map(({ patientId }) => patientId));
    const rows = page.rows.map(({ gap, ...row }) => ({
      ...row,
      gap: { ...gap, work: workOf({ ...gap, patientId: row.patientId }) },
    }));
    return { ...page, rows };
  }

  async byPatient(scope: Scope, query: GapsDto): Promise<GapPatientList> {
    const question = await this.question(scope, query);
    const { sort, cursor, limit } = query;
    const page = await this.marts.remember(['gap-patients', question, { sort, cursor, limit }], (marts) =>
      readGapPatientPage(marts, question, { sort, cursor, limit }),
    );
    const workOf = await this.work.ofPatients(page.rows.map(({ patientId }) => patientId));
    const rows = page.rows.map(({ gaps, ...row }) => ({
      ...row,
      gaps: gaps.map((gap) => ({ ...gap, work: workOf({ ...gap, patientId: row.patientId }) })),
    }));
    return { ...page, rows };
  }

  /**
   * What a query asks for.
   * @throws NotFoundException when the run has no such measure or group: a misspelt one is not a measure without gaps
   */
  async question(scope: Scope, query: GapsDto): Promise<GapQuestion> {
    const { measure, group, status, reason, q } = query;
    if (measure !== undefined) {
      await this.marts.read(async (marts) => {
        await findMeasure(marts, measure);
        if (group !== undefined) await findGroup(marts, measure, group);
      });
    }
    return { panel: await this.panels.panel(scope, query), measure, group, status, reason, q };
  }
}
