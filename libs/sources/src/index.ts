export {
  generateClientKey,
  readClientKey,
  signingAlgorithms,
  type SigningAlgorithm,
} from './bulk/client-keys';
export { realPacing, type Pacing } from './bulk/pacing';
export { checkDrop, type DropCheck } from './csv/check-drop';
export { checkExtract, type ExtractCheck } from './csv/check-extract';
export type { TableReport } from './csv/convert/convert-extract';
export { assignFiles, extractFiles, type ExtractFile } from './csv/convert/extract-files';
export { setAsideText } from './csv/convert/set-aside';
export { loadExtract } from './csv/load-extract';
export { MappingFault, readMapping } from './csv/mapping/read-mapping';
export type { Mapping } from './csv/mapping/mapping-schema';
export { stagingFolder } from './csv/staging-folder';
export { keepMapping, mappingOfSource, newestMapping } from './csv/source-mapping';
export { asksForOthers, exportRequestOf, serverOf } from './definition/bulk-request';
export { checkSource, type SourceDefinition } from './definition/check-source';
export { lossIsForDatabases, takesAway } from './definition/check-sql';
export { keepKey, publicKeys, removeSource } from './definition/source-keys';
export { dropFolder, fingerprint, prepareDropFolder } from './folder/drop-folder';
export { exportFolder, pullExport, type UseWarehouse } from './pull/pull-export';
export type { PullProgress } from './pull/pull-progress';
export type { PullReport } from './pull/pull-report';
export { adviceFor } from './run/findings';
export { pullAttempts } from './run/pull-attempts';
export { abandonPull, type SourceSurroundings } from './run/pull-source';
export { hasEnded, type RunRequest } from './run/run-record';
export { forgetPasswordOfOther, hasPassword, keepPassword } from './sql/sql-password';
export { runSource, settleLost, type RunOptions } from './run/run-source';
export { testSource, type TestStep } from './run/test-source';
