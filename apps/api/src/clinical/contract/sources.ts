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
  kind: 'bulk' | 'folder';
  bulk: BulkSource | null;
  folder: FolderSource | null;
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
  createdBy: string;
  lastRun: SourceRun | null;
}

/** POST /api/sources and PUT /api/sources/:sourceId: one of `bulk` and `folder`. */
export interface SourceRequest {
  /** Ids of resources are unique within it: it never changes. */
  name: string;
  bulk?: BulkSource;
  folder?: FolderSource;
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
  name: 'capabilities' | 'token' | 'folder';
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
