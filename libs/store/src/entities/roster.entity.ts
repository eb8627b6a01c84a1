import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who answers for one patient, by a roster. */
export interface RosterEntry {
  /** Opaque id of the patient's record. */
  record: string;
  /** Ids as the source has them; null: the roster does not say. */
  provider: string | null;
  site: string | null;
}

/** An imported list of who answers for whom, whole: the latest one that holds at a date counts. */
@Entity()
@Index(['effectiveFrom', 'importedAt'])
export class Roster {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** First day that it holds. */
  @Column({ type: 'date' })
  effectiveFrom!: string;

  @Column({ type: 'jsonb' })
  entries!: RosterEntry[];

  @Column({ type: 'varchar' })
  sha256!: string;

  /** Email of who imported it. */
  @Column({ type: 'varchar' })
  importedBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  importedAt!: Date;
}
