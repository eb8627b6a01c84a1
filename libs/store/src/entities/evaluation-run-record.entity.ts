import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How far people have checked a run. */
export type RunStatus = 'draft' | 'reviewed' | 'locked';

/** How far the machine is with it. */
export type RunState = 'running' | 'succeeded' | 'failed';

export interface EvaluatedMeasure {
  measureId: string;
  canonical: string;
  version: string;
  /** Canonical, version and origin of every value set that it used. */
  valueSets?: { canonical: string; version: string | null; origin: string }[];
}

/** One evaluation run: everything needed to run it again and to see whether the result is the same. */
@Entity()
@Check('run_period_has_an_order', '"period_start" <= "period_end"')
export class EvaluationRunRecord {
  /** Also the name of the published marts file. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'jsonb' })
  measures!: EvaluatedMeasure[];

  /** First day of the measurement period, `YYYY-MM-DD`. */
  @Column({ type: 'date' })
  periodStart!: string;

  /** Last day of the measurement period (inclusive), `YYYY-MM-DD`. */
  @Column({ type: 'date' })
  periodEnd!: string;

  /** What the warehouse held: as-of time, loads, resources per type. */
  @Column({ type: 'jsonb' })
  dataSnapshot!: Record<string, unknown>;

  /** Population counts by measure and group. */
  @Column({ type: 'jsonb', nullable: true })
  counts!: Record<string, unknown> | null;

  @Column({ type: 'timestamptz' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'integer', nullable: true })
  durationMs!: number | null;

  /** Hash of the results; the same inputs give the same hash. */
  @Column({ type: 'varchar', nullable: true })
  contentHash!: string | null;

  @Column({ type: 'varchar', default: 'running' })
  state!: RunState;

  @Column({ type: 'varchar', default: 'draft' })
  status!: RunStatus;

  /** Email of who started it, or `system`. */
  @Column({ type: 'varchar' })
  startedBy!: string;

  @Column({ type: 'varchar' })
  reason!: string;

  @Column({ type: 'varchar' })
  engineVersion!: string;

  @Column({ type: 'boolean', default: false })
  published!: boolean;

  @Column({ type: 'text', nullable: true })
  error!: string | null;
}
