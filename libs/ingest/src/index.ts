export { loadPaths } from './load-paths';
export { defaultSource, type AskedDemand, type LoadRequest, type LoadProgress } from './load-request';
export { type LoadReport, type LoadedFile, type Quarantined, type QuarantineReason } from './load-report';
export { ensureDemand, type DemandOutcome, type DemandProgress } from './ensure-demand';
export { completeLoads } from './complete-loads';
export { readLedger, type LoadEvent } from './ledger';
export { type Panel } from './panels';
export { rebuildWarehouse, type RebuildRequest, type RebuildReport, type RebuildProgress } from './rebuild';
export { landingFile } from './land-file';
