export { runConformance, type ConformanceRequest } from './run-conformance';
export { regressions, type Baseline } from './baseline';
export { conformanceJson, conformancePage, conformanceTable } from './report';
export type { ConformanceOutcome, MeasureConformance } from './outcome';
export { readVerdicts, staleVerdicts } from './verdicts';
