import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Source } from './source.entity';

/**
 * `incomplete`: what came is loaded and something is missing. `skipped`: the run before was still under way.
 * A run that waits for a further attempt is `queued` and says why the last one failed.
 */
export const sourceRunStates = [
  'queued',
  'running',
  'succeeded',
  'incomplete',
  'failed',
  'cancelled',
  'skipped',
] as const;
export type SourceRunState = (typeof sourceRunStates)[number];

/** How far a run is, for people; never about a patient. */
export interface SourceRunProgress {
  step: string;
  /** The server's own words. */
  said?: string;
  filesDone?: number;
  filesTotal?: number;
  bytes?: number;
  totalBytes?: number;
}

/** What a run found; none of it names a patient. */
export interface SourceFinding {
  code: string;
  severity: 'error' | 'warning';
  text: string;
}

export interface SourceRunCounts {
  /** New or changed resources by type. */
  loaded: Record<string, number>;
  unchanged: number;
  /** Older versions of what is here. */
  outdated: number;
  quarantined: number;
  /** Resources that were taken away because the server has deleted them. */
  deleted: number;
  files: number;
}

/** One pull of a source: what it asked, how far it is, what became of it. */
@Entity()
@Index(['sourceId', 'queuedAt'])
export class SourceRun {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'uuid' })
  sourceId!: string;

  @ManyToOne(() => Source, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'source_id' })
  source?: Relation<Source>;

  /** The queue's job; all its attempts are one run. */
  @Index({ unique: true })
  @Column({ type: 'varchar' })
  jobId!: string;

  @Column({ type: 'varchar', default: 'queued' })
  state!: SourceRunState;

  /** Email of who asked, `schedule` or `arrival` of files. */
  @Column({ type: 'varchar' })
  startedBy!: string;

  @Column({ type: 'timestamptz' })
  queuedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** Decided by the first attempt: what is asked for changes since, null for everything; unknown before. */
  @Column({ type: 'varchar', nullable: true })
  since!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  progress!: SourceRunProgress | null;

  @Column({ type: 'timestamptz', nullable: true })
  cancelRequestedAt!: Date | null;

  /** The server's time of the export, as it wrote it. */
  @Column({ type: 'varchar', nullable: true })
  transactionTime!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  counts!: SourceRunCounts | null;

  @Column({ type: 'jsonb', default: [] })
  findings!: SourceFinding[];

  /** Why it failed, or why its last attempt did. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;

  /** The evaluation run that it asked for. */
  @Column({ type: 'varchar', nullable: true })
  evaluationRunId!: string | null;
}
