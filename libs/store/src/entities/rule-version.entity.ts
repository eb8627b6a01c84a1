import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Rules that an organisation chooses; the one with the highest version holds. */
export type RuleKind = 'identity' | 'attribution';

/** A version of a rule, never changed: a number can say by which one it came about. */
@Entity()
@Index(['kind', 'version'])
export class RuleVersion {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  version!: number;

  @Column({ type: 'varchar' })
  kind!: RuleKind;

  @Column({ type: 'jsonb' })
  rule!: Record<string, unknown>;

  @Column({ type: 'text' })
  reason!: string;

  /** Email of who chose it. */
  @Column({ type: 'varchar' })
  setBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  setAt!: Date;
}
