export { readSuite, type SuiteTest } from './suite-file';
export { runSuite, translateSuite, type TestResult } from './run-suite';
export { suitePage } from './suite-page';
export { suiteReport, suiteTable, type SuiteReport } from './suite-report';
