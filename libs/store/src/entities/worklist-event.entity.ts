import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { WorklistItem, type WorkStatus } from './worklist-item.entity';

export type WorklistEventKind = 'contact' | 'status-change' | 'assignment' | 'next-action' | 'note';

/** The history of a worklist item and its contact log; only ever added to. */
@Entity()
export class WorklistEvent {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Index()
  @ManyToOne(() => WorklistItem, { nullable: false, onDelete: 'CASCADE' })
  item!: Relation<WorklistItem>;

  @CreateDateColumn({ type: 'timestamptz' })
  at!: Date;

  /** Email of who did it. */
  @Column({ type: 'varchar' })
  by!: string;

  @Column({ type: 'varchar' })
  kind!: WorklistEventKind;

  /** The work status after it. */
  @Column({ type: 'varchar' })
  workStatus!: WorkStatus;

  /** `channel` and `outcome` of a contact, the new `assignee`, the new `date` of a next action or of a snooze's end. */
  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;

  /** What was noted, or the reason of a decline. */
  @Column({ type: 'text', default: '' })
  note!: string;
}
