import {
  Check,
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
@Check('worklist_item_is_snoozed_until', `("work_status" = 'snoozed') = ("snooze_until" is not null)`)
@Check('worklist_item_is_declined_for', `("work_status" = 'declined') = ("decline_reason" is not null)`)
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

  /** Known when, and only when, it is snoozed. */
  @Column({ type: 'date', nullable: true })
  snoozeUntil!: string | null;

  /** In the person's words; known when, and only when, the work status is `declined`. */
  @Column({ type: 'varchar', nullable: true })
  declineReason!: string | null;

  @Column({ type: 'text', default: '' })
  note!: string;

  /** Contact attempts so far. */
  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastAttemptAt!: Date | null;

  /** Two people who change the same item: the second is told. Whoever writes compares it: TypeORM only counts. */
  @VersionColumn()
  version!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
