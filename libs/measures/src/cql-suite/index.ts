export { readSuite, type SuiteTest } from './suite-file';
export { runSuite, translateSuite, type TestResult } from './run-suite';
export { suiteReport, suiteTable, type SuiteReport } from './suite-report';
