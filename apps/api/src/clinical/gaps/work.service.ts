import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type FindOptionsWhere, type Repository } from 'typeorm';
import { WorklistEvent, WorklistItem } from '@catchment/store';
import type { GapPlace, GapWork, GapWorkRecord, PatientWork, WorkEvent } from '../contract';
import { includesUntouched, isFilter, type WorkFilter, type WorkSet } from './work-filter';
import { eventOf, placeKey, workOf } from './work-shape';

const longestLog = 200;

export type WorkOf = (place: GapPlace) => GapWork | null;

/** What people are doing about gaps. It is never computed, and never changes what is. */
@Injectable()
export class WorkService {
  constructor(
    @InjectRepository(WorklistItem) private readonly items: Repository<WorklistItem>,
    @InjectRepository(WorklistEvent) private readonly events: Repository<WorklistEvent>,
  ) {}

  /** The work on the gaps of these patients. */
  async ofPatients(patientIds: readonly string[]): Promise<WorkOf> {
    const items = patientIds.length > 0 ? await this.items.findBy({ patientId: In([...patientIds]) }) : [];
    const works = new Map(items.map((item) => [placeKey(item), workOf(item)]));
    return (place) => works.get(placeKey(place)) ?? null;
  }

  /** The work on one gap, and its log. */
  async ofGap(place: GapPlace): Promise<GapWorkRecord> {
    const item = await this.items.findOneBy({ ...place });
    return { ...place, work: item && workOf(item), log: await this.log({ ...place }) };
  }

  /** The work on every gap of a patient, and their log. */
  async ofPatient(patientId: string): Promise<PatientWork> {
    const items = await this.items.find({
      where: { patientId },
      order: { measureId: 'ASC', groupId: 'ASC' },
    });
    const gaps = items.map((item) => ({
      measureId: item.measureId,
      groupId: item.groupId,
      work: workOf(item),
    }));
    return { patientId, gaps, log: await this.log({ patientId }) };
  }

  /** All work that somebody has begun, on one measure or on all. */
  async all(measureId?: string): Promise<(GapPlace & GapWork)[]> {
    const items = await this.items.find({ where: measureId === undefined ? {} : { measureId } });
    return items.map((item) => ({
      patientId: item.patientId,
      measureId: item.measureId,
      groupId: item.groupId,
      ...workOf(item),
    }));
  }

  /** The gaps that a filter leaves; undefined when it leaves all. */
  async set(filter: WorkFilter, measureId?: string): Promise<WorkSet | undefined> {
    if (!isFilter(filter)) return undefined;
    const { status, assignee, nextBy } = filter;
    const conditions = [
      status !== undefined && 'item.workStatus = :status',
      assignee === null && 'item.assignee is null',
      typeof assignee === 'string' && 'item.assignee = :assignee',
      nextBy !== undefined && 'coalesce(item.nextActionDate, item.snoozeUntil) <= :nextBy',
    ].filter(Boolean);
    const untouched = includesUntouched(filter);
    const query = this.items
      .createQueryBuilder('item')
      .select('item.patientId', 'patientId')
      .addSelect('item.measureId', 'measureId')
      .addSelect('item.groupId', 'groupId')
      .where(`${untouched ? 'not ' : ''}(${conditions.join(' and ')})`, { status, assignee, nextBy });
    if (measureId !== undefined) query.andWhere('item.measureId = :measureId', { measureId });
    return { named: untouched ? 'the others' : 'those', gaps: await query.getRawMany<GapPlace>() };
  }

  private async log(item: FindOptionsWhere<WorklistItem>): Promise<WorkEvent[]> {
    const events = await this.events.find({
      where: { item },
      relations: { item: true },
      order: { at: 'DESC', kind: 'ASC' },
      take: longestLog,
    });
    return events.map(eventOf);
  }
}
