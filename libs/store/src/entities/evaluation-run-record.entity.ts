import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How far people have checked a run. */
export type RunStatus = 'draft' | 'reviewed' | 'locked';

/**
 * How far the machine is with it. `suspicious`: its numbers are kept and not published until somebody decides;
 * `dismissed`: they never will be.
 */
export type RunState = 'running' | 'succeeded' | 'failed' | 'suspicious' | 'dismissed';

/** What the warehouse held when a run began. */
export interface DataSnapshot {
  /** Instant up to which the data are known, ISO 8601 in UTC. */
  dataAsOf: string;
  /** Patients who are evaluated. */
  patients: number;
  /** Current resources per type. */
  resources: Record<string, number>;
  files: number;
  /** Hash of the data; the same resources give the same hash. */
  content: string;
}

/** Something about a run's data that is not as the published run's were. */
export type Suspicion =
  | { kind: 'fewer-patients'; before: number; now: number }
  | { kind: 'fewer-resources'; type: string; before: number; now: number }
  /** Instants up to which the data are known. */
  | { kind: 'older-data'; before: string; now: string }
  /** The data are known up to `now`, and that is more than `days` days ago. */
  | { kind: 'late-data'; now: string; days: number };

/** What was decided about a suspicious run. */
export interface RunDecision {
  action: 'publish' | 'dismiss';
  /** Email of who decided, or `system`: another run took its place. */
  by: string;
  /** ISO 8601. */
  at: string;
  reason: string;
}

export interface EvaluatedMeasure {
  measureId: string;
  canonical: string;
  version: string;
  /** Canonical, version and origin of every value set that it used. */
  valueSets?: { canonical: string; version: string | null; origin: string }[];
  /** The run that evaluated it, where this one did not: its results of the same data were kept. */
  keptFrom?: string;
}

/** One evaluation run: everything needed to run it again and to see whether the result is the same. */
@Entity()
@Check('run_period_has_an_order', '"period_start" <= "period_end"')
@Check(
  'run_is_suspicious_for_a_reason',
  `"state" <> 'suspicious' or (jsonb_array_length("suspicions") > 0 and "held_file" is not null)`,
)
@Index('one_run_waits_for_a_decision', ['state'], { unique: true, where: `"state" = 'suspicious'` })
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

  /** Empty until it is read. */
  @Column({ type: 'jsonb' })
  dataSnapshot!: Partial<DataSnapshot>;

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

  /** Why it failed, which measures it could not evaluate, or why its numbers are not the published ones. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;

  /** Why its numbers were not published at once; empty when nothing was suspicious. */
  @Column({ type: 'jsonb', default: [] })
  suspicions!: Suspicion[];

  @Column({ type: 'jsonb', nullable: true })
  decision!: RunDecision | null;

  /** File within the marts folder that keeps the numbers of a suspicious run. */
  @Column({ type: 'varchar', nullable: true })
  heldFile!: string | null;
}
