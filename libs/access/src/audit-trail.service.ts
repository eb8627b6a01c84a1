import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { AuditEvent } from '@catchment/store';

export interface AuditEntry {
  /** Email of the person, or `system`. */
  actor: string;
  action: string;
  objectType?: string;
  objectId?: string;
  allowed?: boolean;
  address?: string;
  detail?: Record<string, unknown>;
}

/** Who did or saw what. Entries are only ever added; PostgreSQL refuses anything else. */
@Injectable()
export class AuditTrailService {
  constructor(@InjectRepository(AuditEvent) private readonly events: Repository<AuditEvent>) {}

  /**
   * Writes an entry. A request whose entry can't be written fails: nothing is seen without a trace.
   * @param manager of the transaction that the entry belongs to: what was done and its trace are there both, or none
   */
  async record(entry: AuditEntry, manager?: EntityManager): Promise<void> {
    await this.recordAll([entry], manager);
  }

  /** Writes several entries at once; see `record`. */
  async recordAll(
    entries: readonly AuditEntry[],
    manager: EntityManager = this.events.manager,
  ): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(AuditEvent)
      .values(entries.map((entry, n) => ({ ...entry, detail: () => `:detail${n}` })))
      .setParameters(
        Object.fromEntries(entries.map(({ detail }, n) => [`detail${n}`, JSON.stringify(detail ?? {})])),
      )
      .updateEntity(false)
      .execute();
  }

  /** The newest entries first; `before` is the id of the last entry of the page before. */
  async page(limit: number, before?: string): Promise<AuditEvent[]> {
    const query = this.events.createQueryBuilder('event').orderBy('event.id', 'DESC').limit(limit);
    if (before !== undefined) query.where('event.id < :before', { before });
    return query.getMany();
  }

  /** How many entries of an actor and action there are since an instant. */
  async countSince(where: { actor: string; action: string; address?: string }, since: Date): Promise<number> {
    return this.events.countBy({ ...where, at: MoreThan(since) });
  }

  /** When the actor last did it; undefined when never. */
  async lastTime(actor: string, action: string): Promise<Date | undefined> {
    const last = await this.events.findOne({ where: { actor, action }, order: { at: 'DESC' } });
    return last?.at;
  }
}
