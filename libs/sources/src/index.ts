export { BulkClient, type BulkServer, type ExportResult } from './bulk/bulk-client';
export type { ExportRequest } from './bulk/export-request';
export type { ExportProgress } from './bulk/export-progress';
export { readClientKey } from './bulk/client-keys';
export { realPacing } from './bulk/pacing';
