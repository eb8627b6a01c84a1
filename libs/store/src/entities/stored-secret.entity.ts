import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret that all processes share, for example the key that signs session cookies. */
@Entity()
export class StoredSecret {
  @PrimaryColumn({ type: 'varchar' })
  name!: string;

  @Column({ type: 'varchar', select: false })
  value!: string;
}
