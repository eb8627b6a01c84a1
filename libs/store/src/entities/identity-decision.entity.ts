import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export type IdentityVerdict = 'same' | 'apart';

/** What somebody decided about two records: one person, or two. Withdrawing it is written beside it; no row ever goes. */
@Entity()
@Check('identity_decision_is_in_order', '"left_record" < "right_record"')
@Check('identity_decision_is_withdrawn_by_somebody', '("withdrawn_at" is null) = ("withdrawn_by" is null)')
@Index('one_identity_decision_holds', ['leftRecord', 'rightRecord'], {
  unique: true,
  where: '"withdrawn_at" is null',
})
export class IdentityDecision {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Opaque ids of the two records, in order; the same in every warehouse that is built from the same data. */
  @Column({ type: 'varchar' })
  leftRecord!: string;

  @Column({ type: 'varchar' })
  rightRecord!: string;

  @Column({ type: 'varchar' })
  verdict!: IdentityVerdict;

  @Column({ type: 'text' })
  reason!: string;

  /** Email of who decided. */
  @Column({ type: 'varchar' })
  decidedBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  decidedAt!: Date;

  @Column({ type: 'varchar', nullable: true })
  withdrawnBy!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  withdrawnReason!: string | null;
}
