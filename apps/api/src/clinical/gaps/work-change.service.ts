import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@catchment/access';
import { Diagnostic, type Clock } from '@catchment/platform';
import { CLOCK } from '../../settings.module';
import type { GapAssignment, GapContact, GapPlace, GapWork, GapWorkChange, GapWorkRecord } from '../contract';
import { MartsService } from '../marts/marts.service';
import { AssigneesService } from './assignees.service';
import { requireGaps } from './find-gap';
import { WorkRecordService } from './work-record.service';
import { placeKey } from './work-shape';
import { changedState, contactedState, type WorkState } from './work-state';
import { WorkService } from './work.service';

const dayMs = 24 * 3600 * 1000;

/** What people may do about gaps: within their scope, and without a word on the computed status. */
@Injectable()
export class WorkChangeService {
  constructor(
    private readonly marts: MartsService,
    private readonly assignees: AssigneesService,
    private readonly work: WorkService,
    private readonly records: WorkRecordService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException when there is no such gap within the scope */
  async read(by: Principal, place: GapPlace): Promise<GapWorkRecord> {
    await this.marts.read((marts) => requireGaps(marts, by.scope, [place]));
    return this.work.ofGap(place);
  }

  /**
   * Sets how the work on a gap stands.
   * @throws NotFoundException when there is no such gap within the scope
   * @throws ConflictException when it is not the version that was seen
   * @throws Diagnostic when the parts do not fit each other, a new day has passed or the assignee can't work on it
   */
  async set(
    by: Principal,
    address: string | undefined,
    place: GapPlace,
    change: GapWorkChange,
  ): Promise<GapWorkRecord> {
    const { work } = await this.read(by, place);
    this.requireDaysToCome(work, change);
    // Who has left keeps what they were given: only a new assignee is looked at.
    const { assignee } = change;
    if (assignee !== null && assignee !== work?.assignee) {
      await this.assignees.require(assignee, [place.patientId]);
    }
    const write = { place, seen: change.version, next: (before: WorkState) => changedState(before, change) };
    await this.records.write({ email: by.email, address }, [write]);
    return this.work.ofGap(place);
  }

  /**
   * Logs that somebody tried to reach the patient.
   * @throws NotFoundException when there is no such gap within the scope
   * @throws Diagnostic when the day of the next action has passed
   */
  async logContact(
    by: Principal,
    address: string | undefined,
    place: GapPlace,
    contact: GapContact,
  ): Promise<GapWorkRecord> {
    const { work } = await this.read(by, place);
    this.requireDaysToCome(work, { nextActionDate: contact.nextActionDate, snoozeUntil: null });
    const { channel, outcome } = contact;
    await this.records.write({ email: by.email, address }, [
      {
        place,
        next: (before, now) => contactedState(before, contact, now),
        happened: { kind: 'contact', detail: { channel, outcome }, note: contact.note?.trim() ?? '' },
      },
    ]);
    return this.work.ofGap(place);
  }

  /**
   * Gives gaps to somebody, or to nobody: all of them, or none.
   * @returns how many have another assignee now
   * @throws NotFoundException when one of them is not within the scope
   * @throws ConflictException when one of them is not the version that was seen
   * @throws Diagnostic when one is named twice, or the assignee can't work on all of them
   */
  async assign(
    by: Principal,
    address: string | undefined,
    { assignee, gaps }: GapAssignment,
  ): Promise<number> {
    if (new Set(gaps.map(placeKey)).size < gaps.length) throw new Diagnostic('a gap is named twice');
    await this.marts.read((marts) => requireGaps(marts, by.scope, gaps));
    const patientIds = gaps.map(({ patientId }) => patientId);
    if (assignee !== null) await this.assignees.require(assignee, patientIds);
    const writes = gaps.map(({ version, ...place }) => ({
      place,
      seen: version,
      next: (before: WorkState) => ({ ...before, assignee }),
    }));
    return this.records.write({ email: by.email, address }, writes);
  }

  /** A day that stands already may have passed. Yesterday in UTC is still today west of it. */
  private requireDaysToCome(
    work: GapWork | null,
    { nextActionDate, snoozeUntil }: Pick<GapWork, 'nextActionDate' | 'snoozeUntil'>,
  ): void {
    const earliest = new Date(this.clock.now().getTime() - dayMs).toISOString().slice(0, 10);
    const days = { nextActionDate, snoozeUntil };
    for (const [name, day] of Object.entries(days) as [keyof typeof days, string | null][]) {
      if (day === null || day >= earliest || day === work?.[name]) continue;
      throw new Diagnostic(`${name} has passed: choose today or a day to come`);
    }
  }
}
