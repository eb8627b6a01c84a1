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

/** A write against what is there: what comes out, and what of it is for the log. */
interface WorkChange {
  write: WorkWrite;
  before: WorklistItem | undefined;
  after: WorkState;
  events: LoggedEvent[];
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
   * Makes all of the changes, of different gaps, or none.
   * @returns how many gaps are different now
   * @throws ConflictException when somebody else changed one of them since its author saw it
   */
  write(author: Author, writes: readonly WorkWrite[]): Promise<number> {
    // Everybody adds in one order: two who work on the same gaps wait for each other and never in a circle.
    const ordered = [...writes].sort((a, b) => (placeKey(a.place) < placeKey(b.place) ? -1 : 1));
    return this.items.manager.transaction((manager) => this.writeAll(manager, author, ordered));
  }

  private async writeAll(
    manager: EntityManager,
    author: Author,
    writes: readonly WorkWrite[],
  ): Promise<number> {
    const found = await lockItems(
      manager,
      writes.map(({ place }) => place),
    );
    for (const { place, seen } of writes) {
      const item = found.get(placeKey(place));
      if (seen !== undefined && seen !== (item?.version ?? 0)) throw await conflict(manager, item);
    }
    const now = this.clock.now();
    const changes = writes
      .map((write) => changeOf(write, found.get(placeKey(write.place)), now))
      .filter(({ events }) => events.length > 0);
    const ids = await storeStates(manager, changes);
    const stored = changes.filter(({ write }) => ids.has(placeKey(write.place)));
    await this.log(manager, author, stored, ids);
    // Somebody else was first between the look and the insert: now those are there to be locked and compared.
    const left = changes.filter((change) => !stored.includes(change)).map(({ write }) => write);
    return stored.length + (left.length > 0 ? await this.writeAll(manager, author, left) : 0);
  }

  /** The audit trail has which gap and what kind of change; what was said of the patient stays in the gap's log. */
  private async log(
    manager: EntityManager,
    { email, address }: Author,
    changes: readonly WorkChange[],
    ids: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (changes.length === 0) return;
    await manager.save(
      WorklistEvent,
      changes.flatMap(({ write, after: { workStatus }, events }) => {
        const item = { id: ids.get(placeKey(write.place)) };
        return events.map((event) => ({ ...event, item, by: email, workStatus }));
      }),
    );
    const entries = changes.map(({ write: { place }, events }) => ({
      actor: email,
      action: 'change-work',
      objectType: 'Patient',
      objectId: place.patientId,
      address,
      detail: {
        measureId: place.measureId,
        groupId: place.groupId,
        changes: events.map(({ kind }) => kind),
      },
    }));
    await this.audit.recordAll(entries, manager);
  }
}

function changeOf(write: WorkWrite, before: WorklistItem | undefined, now: Date): WorkChange {
  const state = before ? stateOf(before) : untouched;
  const after = write.next(state, now);
  const events = [...(write.happened ? [write.happened] : []), ...eventsBetween(state, after)];
  return { write, before, after, events };
}

function stateOf(item: WorklistItem): WorkState {
  const { workStatus, assignee, nextActionDate, snoozeUntil, declineReason, note } = item;
  const { attempts, lastAttemptAt } = item;
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

/** Those of the gaps that somebody has touched, locked until the transaction ends. */
async function lockItems(
  manager: EntityManager,
  places: readonly GapPlace[],
): Promise<Map<string, WorklistItem>> {
  const items = await manager
    .createQueryBuilder(WorklistItem, 'item')
    .where(
      `(item.patientId, item.measureId, item.groupId) in (
        select * from unnest(cast(:patients as text[]), cast(:measures as text[]), cast(:groups as text[]))
      )`,
      {
        patients: places.map(({ patientId }) => patientId),
        measures: places.map(({ measureId }) => measureId),
        groups: places.map(({ groupId }) => groupId),
      },
    )
    .orderBy('item.id')
    .setLock('pessimistic_write')
    .getMany();
  return new Map(items.map((item) => [placeKey(item), item]));
}

/** @returns the ids of the items by gap; without those that somebody else added meanwhile */
async function storeStates(
  manager: EntityManager,
  changes: readonly WorkChange[],
): Promise<Map<string, string>> {
  const ids = await insertItems(
    manager,
    changes.filter(({ before }) => !before),
  );
  for (const { write, before, after } of changes) {
    if (!before) continue;
    // Counts the version up by itself.
    const { affected } = await manager.update(
      WorklistItem,
      { id: before.id, version: before.version },
      after,
    );
    if (affected !== 1) throw new Defect('a locked worklist item was changed by somebody else');
    ids.set(placeKey(write.place), before.id);
  }
  return ids;
}

async function insertItems(
  manager: EntityManager,
  changes: readonly WorkChange[],
): Promise<Map<string, string>> {
  if (changes.length === 0) return new Map();
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(WorklistItem)
    .values(changes.map(({ write, after }) => ({ ...write.place, ...after })))
    .orIgnore()
    .returning('id, patient_id as "patientId", measure_id as "measureId", group_id as "groupId"')
    .updateEntity(false)
    .execute();
  const rows = inserted.raw as (GapPlace & { id: string })[];
  return new Map(rows.map((row) => [placeKey(row), row.id]));
}

async function conflict(manager: EntityManager, item: WorklistItem | undefined): Promise<ConflictException> {
  const last =
    item &&
    (await manager.findOne(WorklistEvent, { where: { item: { id: item.id } }, order: { at: 'DESC' } }));
  if (!last) return new ConflictException('this is not how the gap stands: load it again, then change it');
  const when = last.at.toISOString().slice(0, 16).replace('T', ' ');
  return new ConflictException(
    `${last.by} changed this on ${when} UTC, after you saw it: load it again, then change it`,
  );
}
