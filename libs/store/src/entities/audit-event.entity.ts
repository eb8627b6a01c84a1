import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who did or saw what, when. The database refuses to change or delete a row. */
@Entity()
@Index(['action', 'at'])
export class AuditEvent {
  /** bigint; a text in JavaScript. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date;

  /** Email of the person, or `system`; of a failed sign-in the email that was tried. */
  @Index()
  @Column({ type: 'varchar' })
  actor!: string;

  /** For example `sign-in`, `sign-in-failed`, `read-patient`, `export`, `set-target`. */
  @Column({ type: 'varchar' })
  action!: string;

  /** What kind of thing it was done to, for example `Patient`; empty when it has no object. */
  @Column({ type: 'varchar', default: '' })
  objectType!: string;

  /** Its id; of a patient the opaque `patient_id`. */
  @Column({ type: 'varchar', default: '' })
  objectId!: string;

  @Column({ type: 'boolean', default: true })
  allowed!: boolean;

  /** Network address of the caller. */
  @Column({ type: 'varchar', nullable: true })
  address!: string | null;

  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;
}
