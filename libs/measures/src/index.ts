export {
  readSuite,
  runSuite,
  suiteReport,
  suitePage,
  suiteTable,
  translateSuite,
  type SuiteReport,
  type SuiteTest,
  type TestResult,
} from './cql-suite';
export {
  importPackages,
  importStarter,
  starterFolder,
  listMeasures,
  readPackage,
  type ImportPackagesOptions,
  type ImportStep,
  type PackageImport,
  type ListedMeasure,
  type MeasurePackage,
} from './packages';
export {
  runConformance,
  regressions,
  conformanceJson,
  conformancePage,
  conformanceTable,
  type Baseline,
  type ConformanceOutcome,
  type ConformanceRequest,
  type MeasureConformance,
} from './conformance';
export {
  dropProgram,
  engineVersion,
  evaluateRun,
  measureDemand,
  prepareMeasures,
  readMeasurementPeriod,
  runProgram,
  type EvaluateRunRequest,
  type RunOutcome,
  type MeasureOutcome,
  type EvaluatedMeasure,
  type FailedMeasure,
  type MeasurementPeriod,
  type PreparedMeasure,
} from './evaluate';
export type { GroupSummary, GroupCounts, ObservationSummary, PopulationCounts } from './populations/counts';
export {
  explainPatient,
  explainPlan,
  type ExplainRequest,
  type Explanation,
  type ExplainedGroup,
  type ExplainedResult,
} from './explain';
