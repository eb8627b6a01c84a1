import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Source } from './source.entity';

/** A version of what a source's CSV extracts mean; the highest one holds, none is ever changed. */
@Entity()
@Index('source_mapping_version', ['sourceId', 'version'], { unique: true })
export class SourceMapping {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_source_mapping' })
  id!: string;

  @Column({ type: 'uuid' })
  sourceId!: string;

  @ManyToOne(() => Source, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'source_id', foreignKeyConstraintName: 'FK_source_mapping_source' })
  source?: Relation<Source>;

  /** From 1. */
  @Column({ type: 'integer' })
  version!: number;

  /** Name of the file that it came from. */
  @Column({ type: 'varchar' })
  fileName!: string;

  /** YAML or JSON, as somebody wrote it. */
  @Column({ type: 'text' })
  text!: string;

  /** Email of who gave it. */
  @Column({ type: 'varchar' })
  createdBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
