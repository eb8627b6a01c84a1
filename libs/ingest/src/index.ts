export { loadPaths, defaultSource, type LoadRequest, type LoadProgress } from './load-paths';
export { type LoadReport, type LoadedFile, type Quarantined, type QuarantineReason } from './load-report';
export { ensureDemand, type DemandOutcome, type DemandProgress } from './ensure-demand';
export { landingFile } from './land-file';
