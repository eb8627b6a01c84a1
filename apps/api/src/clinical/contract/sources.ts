/** A FHIR server that is asked for bulk exports. */
export interface BulkSource {
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
  /** This service, as the server knows it; null for an open server. */
  clientId: string | null;
  /** Null where the server announces it. */
  tokenUrl: string | null;
  scope: string;
  /** Hosts beside the server's own that get its token for files. */
  fileHosts: string[];
}

/** A folder that other systems lay files into. */
export interface FolderSource {
  /** Absolute path; null: a folder of its own below the data folder. */
  path: string | null;
}

/** A folder that CSV extracts are laid into; the mapping says what they mean. */
export interface CsvSource {
  /** Absolute path; null: a folder of its own below the data folder. */
  path: string | null;
}

/** A PostgreSQL database that has FHIR resources as JSON, one a row. */
export interface SqlSource {
  host: string;
  port: number;
  database: string;
  /** Who reads; the password is given apart, and never answered. */
  user: string;
  /** `verify`: the certificate is checked; `encrypt`: it is not; `off`: on this machine only. */
  tls: 'verify' | 'encrypt' | 'off';
  /** PEM of the authority that signed the certificate; null: those that everybody trusts. */
  authority: string | null;
  /** `schema.table` or `table`; null where a query is given. */
  table: string | null;
  /** One SELECT statement; null where a table is given. */
  query: string | null;
  /** Of type json, jsonb or text. */
  resourceColumn: string;
  /** Grows with every change; null: everything is read each time. */
  changedColumn: string | null;
  /** Boolean, true where the resource is gone; null: there is none. */
  deletedColumn: string | null;
  /** Are resources gone that are in no row of a whole read? */
  removesMissing: boolean;
  /** Minutes before the newest change that are read again. */
  overlapMinutes: number;
}

/** A version of a mapping; the newest one holds. */
export interface SourceMappingVersion {
  version: number;
  fileName: string;
  createdBy: string;
  createdAt: string;
}

/** GET /api/sources/:sourceId/mapping */
export interface SourceMappingText extends SourceMappingVersion {
  /** YAML or JSON. */
  text: string;
}

/** PUT /api/sources/:sourceId/mapping, and POST …/mapping/check to try one without keeping it. */
export interface SourceMappingRequest {
  fileName: string;
  text: string;
}

/** What a mapping makes of the files that wait in the folder; no value of a patient. */
export interface SourceMappingCheck {
  /** What is wrong with the mapping itself; then no file is looked at. */
  faults: string[];
  files: string[];
  /** Why a run would refuse all of them; null: it would not. */
  refused: string | null;
  tables: MappedTable[];
  /** Rows that would be set aside, by reason. */
  setAside: string[];
  /** Files that no table reads. */
  unknown: string[];
  /** Were only the first rows of the files read? */
  isPartial: boolean;
}

export interface MappedTable {
  table: string;
  resourceType: string;
  files: string[];
  rows: number;
  resources: number;
  leftOut: number;
  deleted: number;
  setAside: number;
  /** A resource as JSON, without what identifies; null: there is none. */
  sample: string | null;
}

/** PUT /api/sources/:sourceId/password */
export interface SourcePasswordRequest {
  password: string;
}

/** POST /api/sources/:sourceId/runs */
export interface SourcePullRequest {
  /** This once the pull may take away however much is gone at the source; of databases that do so. */
  allowsLoss: boolean;
}

/** The public half of a key pair; the private one never leaves the service. */
export interface SourceKey {
  kid: string;
  alg: string;
  /** The public JWK as JSON text, for servers that do not fetch /.well-known/jwks.json. */
  jwk: string;
}

/** GET /api/sources and GET /api/sources/:sourceId */
export interface SourceSummary {
  sourceId: string;
  name: string;
  kind: 'bulk' | 'folder' | 'csv' | 'sql';
  bulk: BulkSource | null;
  folder: FolderSource | null;
  csv: CsvSource | null;
  sql: SqlSource | null;
  /** Where files are laid; null for a server. */
  dropFolder: string | null;
  cron: string | null;
  timeZone: string | null;
  enabled: boolean;
  evaluateAfter: boolean;
  /** After so many days everything is exported again; 0: always, null: only the first time. */
  fullEveryDays: number | null;
  /** What the next pull asks for changes since; null: everything. */
  watermark: string | null;
  lastFullAt: string | null;
  nextRun: string | null;
  key: SourceKey | null;
  /** Of a database: is a password kept? */
  hasPassword: boolean;
  /** Of CSV extracts: what holds; null: none was given yet. */
  mapping: SourceMappingVersion | null;
  createdBy: string;
  lastRun: SourceRun | null;
}

/** POST /api/sources and PUT /api/sources/:sourceId: one of `bulk`, `folder`, `csv` and `sql`. */
export interface SourceRequest {
  /** Ids of resources are unique within it: it never changes. */
  name: string;
  bulk?: BulkSource;
  folder?: FolderSource;
  csv?: CsvSource;
  sql?: SqlSource;
  cron: string | null;
  timeZone: string | null;
  enabled: boolean;
  evaluateAfter: boolean;
  fullEveryDays: number | null;
}

/** PUT /api/sources/:sourceId/key: a new key pair, or one that the server knows already. */
export interface SourceKeyRequest {
  /** Of the pair that is made; ES384 unless said otherwise. */
  alg?: 'RS384' | 'ES384';
  /** Imported instead: a JWK or PEM. */
  privateKey?: string;
  /** The imported key's name at the server; else the JWK's own, else its thumbprint. */
  keyId?: string;
}

/** One thing that POST /api/sources/:sourceId/test tried. */
export interface SourceTestStep {
  name: 'capabilities' | 'token' | 'folder' | 'mapping' | 'database' | 'statement';
  ok: boolean;
  detail: string;
}

export interface SourceRunProgress {
  step: string;
  /** The server's own words. */
  said: string | null;
  filesDone: number | null;
  filesTotal: number | null;
  bytes: number | null;
  totalBytes: number | null;
}

export interface SourceRunCounts {
  loaded: TypeCount[];
  unchanged: number;
  outdated: number;
  quarantined: number;
  deleted: number;
  files: number;
}

export interface TypeCount {
  type: string;
  count: number;
}

export interface SourceFinding {
  code: string;
  severity: 'error' | 'warning';
  text: string;
  /** What to do about it. */
  advice: string;
}

/** GET /api/sources/:sourceId/runs (newest first) and …/runs/:runId */
export interface SourceRun {
  runId: string;
  sourceId: string;
  sourceName: string;
  state: 'queued' | 'running' | 'succeeded' | 'incomplete' | 'failed' | 'cancelled' | 'skipped';
  startedBy: string;
  queuedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  attempts: number;
  /** What it asks for changes since; null: everything, or not decided yet. */
  since: string | null;
  /** Null unless it is under way. */
  progress: SourceRunProgress | null;
  cancelRequested: boolean;
  transactionTime: string | null;
  counts: SourceRunCounts | null;
  findings: SourceFinding[];
  /** Why it failed, or why its last attempt did. */
  error: string | null;
  /** The evaluation run that it asked for. */
  evaluationRunId: string | null;
}

/** POST /api/sources/:sourceId/files: a file that waits in the folder now. */
export interface UploadedFile {
  name: string;
  bytes: number;
}
