import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { WorklistItem } from '@catchment/store';
import type { GapWork } from '../contract';

/** What identifies the work on a gap. */
export interface WorkPlace {
  patientId: string;
  measureId: string;
  groupId: string;
}

export type WorkOf = (place: WorkPlace) => GapWork | null;

/** What people are doing about gaps. It is never computed, and never changes what is. */
@Injectable()
export class WorkService {
  constructor(@InjectRepository(WorklistItem) private readonly items: Repository<WorklistItem>) {}

  /** The work on the gaps of these patients. */
  async ofPatients(patientIds: readonly string[]): Promise<WorkOf> {
    const items = patientIds.length > 0 ? await this.items.findBy({ patientId: In([...patientIds]) }) : [];
    const works = new Map(items.map((item) => [workKey(item), workOf(item)]));
    return (place) => works.get(workKey(place)) ?? null;
  }

  /** All work that somebody has begun, on one measure or on all. */
  async all(measureId?: string): Promise<(WorkPlace & GapWork)[]> {
    const items = await this.items.find({ where: measureId === undefined ? {} : { measureId } });
    return items.map((item) => ({
      patientId: item.patientId,
      measureId: item.measureId,
      groupId: item.groupId,
      ...workOf(item),
    }));
  }
}

function workKey({ patientId, measureId, groupId }: WorkPlace): string {
  return JSON.stringify([patientId, measureId, groupId]);
}

function workOf(item: WorklistItem): GapWork {
  return {
    status: item.workStatus,
    assignee: item.assignee,
    attempts: item.attempts,
    lastAttempt: item.lastAttemptAt?.toISOString() ?? null,
    // Who is snoozed is looked at again when the snooze ends.
    nextActionDate: item.nextActionDate ?? item.snoozeUntil,
    note: item.note === '' ? null : item.note,
  };
}
