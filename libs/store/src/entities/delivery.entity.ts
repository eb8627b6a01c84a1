import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ReportDefinition } from './report-definition.entity';

export type DeliveryStatus = 'pending' | 'delivered' | 'failed';

/** One time that a report was due: what became of it. */
@Entity()
export class Delivery {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToOne(() => ReportDefinition, { nullable: false, onDelete: 'CASCADE' })
  definition!: Relation<ReportDefinition>;

  /** The queue's job; a repeated attempt belongs to the same delivery. */
  @Index({ unique: true })
  @Column({ type: 'varchar' })
  jobId!: string;

  @Column({ type: 'varchar', default: 'pending' })
  status!: DeliveryStatus;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** Why the last attempt failed. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;

  /** Paths below the outbox. */
  @Column({ type: 'text', array: true, default: [] })
  files!: string[];

  /** The evaluation run whose numbers it shows. */
  @Column({ type: 'varchar', nullable: true })
  runId!: string | null;

  @Column({ type: 'timestamptz' })
  dueAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
