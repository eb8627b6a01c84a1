import {
  Column,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  Unique,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';

/** What a person is doing about a gap. It never changes the computed gap status: only data does. */
export const workStatuses = [
  'new',
  'attempted',
  'reached',
  'scheduled',
  'ordered',
  'declined',
  'done-elsewhere-requested',
  'snoozed',
  'not-our-patient',
] as const;
export type WorkStatus = (typeof workStatuses)[number];

/** The work on one patient's gap in one measure and group. */
@Entity()
@Unique(['patientId', 'measureId', 'groupId'])
export class WorklistItem {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** The opaque `patient_id` of the marts. */
  @Index()
  @Column({ type: 'varchar' })
  patientId!: string;

  @Column({ type: 'varchar' })
  measureId!: string;

  @Column({ type: 'varchar' })
  groupId!: string;

  @Column({ type: 'varchar', default: 'new' })
  workStatus!: WorkStatus;

  /** Email of who should act. */
  @Index()
  @Column({ type: 'varchar', nullable: true })
  assignee!: string | null;

  @Column({ type: 'date', nullable: true })
  nextActionDate!: string | null;

  @Column({ type: 'date', nullable: true })
  snoozeUntil!: string | null;

  @Column({ type: 'text', default: '' })
  note!: string;

  /** Contact attempts so far. */
  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastAttemptAt!: Date | null;

  /** Two people who change the same item: the second is told. */
  @VersionColumn()
  version!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
