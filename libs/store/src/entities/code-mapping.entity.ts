import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a source's code means in a code system that measures know. Withdrawing it is written beside it; no row ever goes. */
@Entity()
@Check('code_mapping_is_withdrawn_by_somebody', '("withdrawn_at" is null) = ("withdrawn_by" is null)')
@Index('one_code_mapping_holds', ['system', 'code'], { unique: true, where: '"withdrawn_at" is null' })
export class CodeMapping {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** As the source writes it; empty where it writes none. */
  @Column({ type: 'varchar' })
  system!: string;

  @Column({ type: 'varchar' })
  code!: string;

  @Column({ type: 'varchar' })
  targetSystem!: string;

  @Column({ type: 'varchar' })
  targetCode!: string;

  @Column({ type: 'text' })
  reason!: string;

  /** Email of who mapped it. */
  @Column({ type: 'varchar' })
  mappedBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  mappedAt!: Date;

  @Column({ type: 'varchar', nullable: true })
  withdrawnBy!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  withdrawnReason!: string | null;
}
