export { readSuite, runSuite, suiteReport, suiteTable, translateSuite, type SuiteReport, type SuiteTest, type TestResult } from './cql-suite';
