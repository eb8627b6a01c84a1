import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Scope } from './user.entity';

/** A report and when it is made. */
@Entity()
export class ReportDefinition {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar' })
  name!: string;

  /** Kind of report, for example `scorecard`. */
  @Column({ type: 'varchar' })
  type!: string;

  /** File formats, for example `pdf`, `xlsx`. */
  @Column({ type: 'text', array: true })
  formats!: string[];

  /** Cron pattern, five fields. */
  @Column({ type: 'varchar' })
  cron!: string;

  /** IANA time zone of the pattern. */
  @Column({ type: 'varchar' })
  timeZone!: string;

  /** Who is to get it; names of folders in the outbox, or addresses of mail. */
  @Column({ type: 'text', array: true })
  recipients!: string[];

  /** What the report may show. */
  @Column({ type: 'jsonb' })
  scope!: Scope;

  @Column({ type: 'boolean', default: true })
  active!: boolean;

  /** Email of who defined it, or `system`. */
  @Column({ type: 'varchar' })
  createdBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
