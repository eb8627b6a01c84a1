import { Check, Column, Entity, PrimaryGeneratedColumn, Unique, UpdateDateColumn } from 'typeorm';

/** The performance rate that somebody wants to reach. */
@Entity()
@Check('target_value_is_a_rate', '"value" between 0 and 1')
@Unique(['measureId', 'groupId', 'siteId'])
export class Target {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar' })
  measureId!: string;

  @Column({ type: 'varchar' })
  groupId!: string;

  /** The site whose target differs; the empty text is the organisation's default. */
  @Column({ type: 'varchar', default: '' })
  siteId!: string;

  /** 0 to 1, as an exact decimal text ("0.75"): "N to target" is computed in exact arithmetic. */
  @Column({ type: 'numeric', precision: 7, scale: 6 })
  value!: string;

  /** Email of who set it. */
  @Column({ type: 'varchar' })
  setBy!: string;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
