export {
  generateClientKey,
  readClientKey,
  signingAlgorithms,
  type SigningAlgorithm,
} from './bulk/client-keys';
export { realPacing, type Pacing } from './bulk/pacing';
export { asksForOthers, exportRequestOf, serverOf } from './definition/bulk-request';
export { checkSource, type SourceDefinition } from './definition/check-source';
export { keepKey, publicKeys, removeSource } from './definition/source-keys';
export { dropFolder, fingerprint, prepareDropFolder } from './folder/drop-folder';
export { exportFolder, pullExport, type UseWarehouse } from './pull/pull-export';
export type { PullProgress } from './pull/pull-progress';
export type { PullReport } from './pull/pull-report';
export { adviceFor } from './run/findings';
export { pullAttempts } from './run/pull-attempts';
export { abandonPull, type SourceSurroundings } from './run/pull-source';
export { hasEnded, type RunRequest } from './run/run-record';
export { runSource, settleLost, type RunOptions } from './run/run-source';
export { testSource, type TestStep } from './run/test-source';
