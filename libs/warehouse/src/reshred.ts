import type { DemandNode } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { DoubtfulText, extendDictionaries } from './dictionary';
import {
  arrived,
  incoming,
  shredForLoad,
  stageResources,
  type LoadShred,
  type ResourceBatch,
} from './stage-resources';
import { clusterOrder, createTypedTable, typedColumns, typedTable } from './typed-table';

/**
 * Makes the typed table of a resource type anew out of its originals, for a demand that grew. Patients and numbers
 * of the resources stay. The old table serves until `finish` replaces it in one transaction.
 */
export class Reshredding {
  private quarantined = 0;
  private dictionariesGrew = false;

  private constructor(
    private readonly connection: Connection,
    private readonly shredded: LoadShred,
    private readonly demand: DemandNode,
  ) {}

  static async begin(connection: Connection, type: string, demand: DemandNode): Promise<Reshredding> {
    const shredded = shredForLoad(type, demand);
    const reshredding = new Reshredding(connection, shredded, demand);
    await connection.run(`create schema if not exists reshred;
      create or replace table ${reshredding.table} (${typedColumns(shredded)})`);
    return reshredding;
  }

  /** Reads current resources of the type; their `file_id` and `line` are those of `registry.resource`. */
  async add(batch: ResourceBatch): Promise<void> {
    try {
      await this.addStaged(batch, false);
    } catch (error) {
      if (!(error instanceof DoubtfulText)) throw error;
      await this.addStaged(batch, true);
    }
  }

  /** Puts the new table in the place of the old one. What turned out unreadable is no current resource any more. */
  async finish(): Promise<{ quarantined: number; dictionariesGrew: boolean }> {
    const { connection, shredded, table } = this;
    const type = quoteLiteral(shredded.resourceType);
    await connection.transaction(async () => {
      const counted = await connection.first<{ current: number; read: number }>(`select
        (select count(*) from registry.resource where type = ${type}) as current,
        (select count(*) from ${table}) as read`);
      if (counted?.current !== (counted?.read ?? 0) + this.quarantined)
        throw new Defect(`${shredded.resourceType} was not read again as a whole`);
      if (this.quarantined > 0) {
        await connection.run(
          `delete from registry.resource where type = ${type} and rid not in (select rid from ${table})`,
        );
      }
      await createTypedTable(connection, shredded, this.demand);
      // Every row is as its source states it again, until persons are settled.
      await connection.run(`drop table if exists aside.${quoteIdentifier(shredded.resourceType)}`);
      await connection.run(`insert into ${typedTable(shredded.resourceType)}
        select * from ${table} order by ${clusterOrder(shredded)}`);
    });
    return { quarantined: this.quarantined, dictionariesGrew: this.dictionariesGrew };
  }

  /** To be called in any case, after `finish` or an error. */
  async end(): Promise<void> {
    await this.connection.run(`drop table if exists ${this.table};
      drop table if exists ${incoming}; drop table if exists ${arrived}`);
  }

  private get table(): string {
    return `reshred.${quoteIdentifier(this.shredded.resourceType)}`;
  }

  private async addStaged(batch: ResourceBatch, doubted: boolean): Promise<void> {
    const { connection, shredded } = this;
    const unreadable = await stageResources(connection, batch, shredded, doubted);
    const columns = shredded.columns.map(({ name }) => `staged.${quoteIdentifier(`.${name}`)}`);
    await connection.transaction(async () => {
      const grew = await extendDictionaries(connection, batch, shredded, doubted);
      this.dictionariesGrew ||= grew;
      await connection.run(`insert into ${this.table}
        select ${['known.pid', 'known.rid', 'place.id', ...columns].join(', ')}
        from ${incoming} as staged
        join ${arrived} as place on place.n = staged.rowid
        join registry.resource as known on known.file_id = place.file_id and known.line = place.line
        where known.type = ${quoteLiteral(shredded.resourceType)}`);
    });
    this.quarantined += unreadable;
  }
}
