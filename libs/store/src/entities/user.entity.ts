import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What somebody may do; `libs/access` has the table of abilities. */
export const roles = ['manager', 'quality', 'coordinator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whose patients somebody may see: site and provider ids, or all. Both conditions hold at once. */
export interface Scope {
  sites: string[] | 'all';
  providers: string[] | 'all';
}

/** A person who can sign in. */
@Entity()
@Check('user_email_is_lower_case', '"email" = lower("email")')
export class User {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Lower case; the name to sign in with. */
  @Column({ type: 'varchar', unique: true })
  email!: string;

  @Column({ type: 'varchar' })
  displayName!: string;

  @Column({ type: 'varchar' })
  role!: Role;

  @Column({ type: 'jsonb' })
  scope!: Scope;

  /** argon2id, PHC text form. */
  @Column({ type: 'varchar', select: false })
  passwordHash!: string;

  /** Who has left can't sign in, but stays named in what they did. */
  @Column({ type: 'boolean', default: true })
  active!: boolean;

  /** Seeded for the demo, with a published password. */
  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
