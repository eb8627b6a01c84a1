export type { BulkServer } from './bulk/bulk-client';
export type { ExportRequest } from './bulk/export-request';
export { readClientKey } from './bulk/client-keys';
export { realPacing } from './bulk/pacing';
export { exportFolder, pullExport, type UseWarehouse } from './pull/pull-export';
export type { PullProgress } from './pull/pull-progress';
export type { PullReport } from './pull/pull-report';
