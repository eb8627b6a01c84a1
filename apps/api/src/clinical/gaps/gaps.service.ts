import { Injectable } from '@nestjs/common';
import type { Principal } from '@catchment/access';
import type { GapList, GapPatientList } from '../contract';
import { PanelService } from '../filters/panel.service';
import { MartsService, type Marts } from '../marts/marts.service';
import { findGroup, findMeasure } from '../measure/find-measure';
import { AssigneesService } from './assignees.service';
import { readGapPage, readGapPatientPage } from './gap-pages';
import type { GapsDto } from './gaps.dto';
import type { GapQuestion } from './gaps.query';
import type { WorkSet } from './work-filter';
import { WorkService } from './work.service';

/** The worklist: gaps that the run computed, and what people do about them. */
@Injectable()
export class GapsService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
    private readonly work: WorkService,
    private readonly assignees: AssigneesService,
  ) {}

  async byGap(by: Principal, query: GapsDto): Promise<GapList> {
    const question = await this.question(by, query);
    const { sort, cursor, limit } = query;
    const page = await this.answer('gaps', question, { sort, cursor, limit }, readGapPage);
    const workOf = await this.work.ofPatients(page.rows.map(({ patientId }) => patientId));
    const rows = page.rows.map(({ gap, ...row }) => ({
      ...row,
      gap: { ...gap, work: workOf({ ...gap, patientId: row.patientId }) },
    }));
    return { ...page, rows };
  }

  async byPatient(by: Principal, query: GapsDto): Promise<GapPatientList> {
    const question = await this.question(by, query);
    const { sort, cursor, limit } = query;
    const page = await this.answer('gap-patients', question, { sort, cursor, limit }, readGapPatientPage);
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
   * @throws Diagnostic when the panel or the assignee is nobody known
   */
  async question({ email, scope }: Principal, query: GapsDto): Promise<GapQuestion> {
    const { measure, group, status, reason, q } = query;
    if (measure !== undefined) {
      await this.marts.read(async (marts) => {
        await findMeasure(marts, measure);
        if (group !== undefined) await findGroup(marts, measure, group);
      });
    }
    const panel = await this.panels.panel(scope, query);
    const work = await this.workSet(email, query);
    return { panel, measure, group, status, reason, ...(work && { work }), q };
  }

  private async workSet(email: string, query: GapsDto): Promise<WorkSet | undefined> {
    const { work: status, assignee, nextBy, measure } = query;
    if (assignee === undefined) return this.work.set({ status, nextBy }, measure);
    if (assignee === 'nobody') return this.work.set({ status, assignee: null, nextBy }, measure);
    const who = assignee === 'me' ? email : assignee;
    await this.assignees.requireAccount(who);
    return this.work.set({ status, assignee: who, nextBy }, measure);
  }

  /** What hangs on people's work changes without a publication: of that nothing is remembered, no total either. */
  private async answer<P, T>(
    name: string,
    question: GapQuestion,
    page: P,
    read: (marts: Marts, question: GapQuestion, page: P) => Promise<T>,
  ): Promise<T> {
    if (!question.work) {
      return this.marts.remember([name, question, page], (marts) => read(marts, question, page));
    }
    return this.marts.read((marts) =>
      read({ ...marts, remember: (_, compute) => compute() }, question, page),
    );
  }
}
