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

export type WorklistEventKind = 'contact' | 'status-change' | 'assignment' | 'note';

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

  /** Channel and outcome of a contact, the reason of a decline, the new assignee, … */
  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;

  @Column({ type: 'text', default: '' })
  note!: string;
}
