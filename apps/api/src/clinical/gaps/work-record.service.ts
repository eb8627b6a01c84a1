import { ConflictException, Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { AuditTrailService } from '@catchment/access';
import { Defect, type Clock } from '@catchment/platform';
import { WorklistEvent, WorklistItem } from '@catchment/store';
import { CLOCK } from '../../settings.module';
import type { GapPlace } from '../contract';
import { placeKey } from './work-shape';
import { eventsBetween, untouched, type LoggedEvent, type WorkState } from './work-state';

/** Who changes something, and from where. */
export interface Author {
  email: string;
  address: string | undefined;
}

/** One change of the work on a gap. */
export interface WorkWrite {
  place: GapPlace;
  /** The version that the author saw, 0 for none; absent: whatever there is, as for what has happened already. */
  seen?: number;
  next: (before: WorkState, now: Date) => WorkState;
  /** What happened besides the change of state. */
  happened?: LoggedEvent;
}

/** Writes the work on gaps: its state, its log and the audit trail together, or nothing of them. */
@Injectable()
export class WorkRecordService {
  constructor(
    @InjectRepository(WorklistItem) private readonly items: Repository<WorklistItem>,
    private readonly audit: AuditTrailService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes all of the changes, or none.
   * @returns how many gaps are different now
   * @throws ConflictException when somebody else changed one of them since its author saw it
   */
  async write(author: Author, writes: readonly WorkWrite[]): Promise<number> {
    // Everybody locks in one order: two who change the same gaps wait for each other and never in a circle.
    const ordered = [...writes].sort((a, b) => (placeKey(a.place) < placeKey(b.place) ? -1 : 1));
    return this.items.manager.transaction(async (manager) => {
      let changed = 0;
      for (const write of ordered) {
        if (await this.writeOne(manager, author, write)) changed++;
      }
      return changed;
    });
  }

  private async writeOne(manager: EntityManager, author: Author, write: WorkWrite): Promise<boolean> {
    const { place, seen, next, happened } = write;
    const before = await manager.findOne(WorklistItem, {
      where: { ...place },
      lock: { mode: 'pessimistic_write' },
    });
    if (seen !== undefined && seen !== (before?.version ?? 0)) throw await conflict(manager, before);
    const after = next(before ?? untouched, this.clock.now());
    const events = [...(happened ? [happened] : []), ...eventsBetween(before ?? untouched, after)];
    if (events.length === 0) return false;
    const state = stateOf(after);
    const id = before ? await update(manager, before, state) : await insert(manager, place, state);
    // Somebody else was first between the look and the insert: now it is there to be locked and compared.
    if (id === undefined) return this.writeOne(manager, author, write);
    const { workStatus } = after;
    await manager.save(
      WorklistEvent,
      events.map((event) => ({ ...event, item: { id }, by: author.email, workStatus })),
    );
    await this.record(manager, author, place, events);
    return true;
  }

  /** Which gap and what kind of change; what was said about the patient stays in the log of the gap. */
  private async record(
    manager: EntityManager,
    { email, address }: Author,
    { patientId, measureId, groupId }: GapPlace,
    events: readonly LoggedEvent[],
  ): Promise<void> {
    const detail = { measureId, groupId, changes: events.map(({ kind }) => kind) };
    const object = { objectType: 'Patient', objectId: patientId };
    await this.audit.record({ actor: email, action: 'change-work', ...object, address, detail }, manager);
  }
}

function stateOf(state: WorkState): WorkState {
  const { workStatus, assignee, nextActionDate, snoozeUntil, declineReason, note } = state;
  const { attempts, lastAttemptAt } = state;
  return {
    workStatus,
    assignee,
    nextActionDate,
    snoozeUntil,
    declineReason,
    note,
    attempts,
    lastAttemptAt,
  };
}

/** Counts the version up by itself. */
async function update(
  manager: EntityManager,
  { id, version }: WorklistItem,
  state: WorkState,
): Promise<string> {
  const { affected } = await manager.update(WorklistItem, { id, version }, state);
  if (affected !== 1) throw new Defect('a locked worklist item was changed by somebody else');
  return id;
}

/** @returns undefined when there is one already */
async function insert(
  manager: EntityManager,
  place: GapPlace,
  state: WorkState,
): Promise<string | undefined> {
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(WorklistItem)
    .values({ ...place, ...state })
    .orIgnore()
    .returning('id')
    .updateEntity(false)
    .execute();
  return (inserted.raw as { id: string }[])[0]?.id;
}

async function conflict(manager: EntityManager, item: WorklistItem | null): Promise<ConflictException> {
  const last =
    item &&
    (await manager.findOne(WorklistEvent, { where: { item: { id: item.id } }, order: { at: 'DESC' } }));
  if (!last) return new ConflictException('this is not how the gap stands: load it again, then change it');
  const when = last.at.toISOString().slice(0, 16).replace('T', ' ');
  return new ConflictException(
    `${last.by} changed this on ${when} UTC, after you saw it: load it again, then change it`,
  );
}
