import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** A FHIR server that is asked for bulk exports. */
export interface BulkConfiguration {
  kind: 'bulk';
  /** Address of the FHIR server. */
  endpoint: string;
  level: 'system' | 'patient' | 'group';
  /** Null unless the level is `group`. */
  groupId: string | null;
  /** Resource types; empty: whatever the server has. */
  types: string[];
  /** Search queries, `Condition?clinical-status=active`. */
  typeFilters: string[];
  elements: string[];
  method: 'GET' | 'POST';
  /** Null for an open server. */
  clientId: string | null;
  /** Null where the server announces it. */
  tokenUrl: string | null;
  scope: string;
  /** Hosts beside the server's own that its token may be sent to, for files. */
  fileHosts: string[];
}

/** A folder that other systems lay files into. */
export interface FolderConfiguration {
  kind: 'folder';
  /** Absolute path; null: a folder of its own below the data folder. */
  path: string | null;
}

/** A folder that CSV extracts are laid into; what they mean says the source's mapping. */
export interface CsvConfiguration {
  kind: 'csv';
  /** Absolute path; null: a folder of its own below the data folder. */
  path: string | null;
}

/** Where a statement of a SQL source reads: a table or view, or one query. */
export type SqlRelation = { table: string } | { query: string };

/** A PostgreSQL database that has FHIR resources as JSON, one a row. */
export interface SqlConfiguration {
  kind: 'sql';
  /** Name or address; a path is the folder of a socket of this machine. */
  host: string;
  port: number;
  database: string;
  user: string;
  /** `verify`: the server's certificate is checked; `encrypt`: it is not; `off`: on this machine only. */
  tls: 'verify' | 'encrypt' | 'off';
  /** PEM of the authority that the server's certificate is checked against; null: those that everybody trusts. */
  authority: string | null;
  relation: SqlRelation;
  resourceColumn: string;
  /** Column that grows with every change, so that only what is newer is read; null: everything is read. */
  changedColumn: string | null;
  /** Column that is true for rows whose resource is gone; null: there is none. */
  deletedColumn: string | null;
  /** Are resources gone that are in no row of a whole read? */
  removesMissing: boolean;
  /** Minutes before the newest change that are read again, for transactions that were under way. */
  overlapMinutes: number;
}

export type SourceConfiguration =
  BulkConfiguration | FolderConfiguration | CsvConfiguration | SqlConfiguration;

/** Where clinical data come from, and when they are fetched. */
@Entity()
@Check('source_full_interval_is_not_negative', '"full_every_days" >= 0')
@Check('source_schedule_is_whole', '("cron" is null) = ("time_zone" is null)')
export class Source {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Ids of resources are unique within it: it never changes. */
  @Column({ type: 'varchar', unique: true })
  name!: string;

  @Column({ type: 'jsonb' })
  configuration!: SourceConfiguration;

  /** Cron pattern, five fields; null: only on demand, and for folders when files arrive. */
  @Column({ type: 'varchar', nullable: true })
  cron!: string | null;

  /** IANA time zone of the pattern. */
  @Column({ type: 'varchar', nullable: true })
  timeZone!: string | null;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  /** Does a pull that changed something ask for an evaluation run? */
  @Column({ type: 'boolean', default: true })
  evaluateAfter!: boolean;

  /** After so many days everything is exported again; 0: always, null: only the first time. */
  @Column({ type: 'integer', nullable: true })
  fullEveryDays!: number | null;

  /** What the next pull asks for changes since, as the server wrote it; null: everything. */
  @Column({ type: 'varchar', nullable: true })
  watermark!: string | null;

  /** When the last complete export of everything began. */
  @Column({ type: 'timestamptz', nullable: true })
  lastFullAt!: Date | null;

  /** The published half of the key pair; the private one is a stored secret. */
  @Column({ type: 'jsonb', nullable: true })
  publicKey!: Record<string, unknown> | null;

  /** Email of who set it up. */
  @Column({ type: 'varchar' })
  createdBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
