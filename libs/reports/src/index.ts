export { readScorecardReport, writeReportFiles, type ReportRequest } from './make-report';
export { composeScorecard, type MeasureTarget, type ScorecardOptions } from './compose-scorecard';
export { measureTargets } from './measure-targets';
export type {
  Change,
  MeasureDefinition,
  MemberRates,
  PopulationCounts,
  Publication,
  Rate,
  ScorecardReport,
  ScorecardRow,
  TrendPoint,
} from './scorecard-report';
export {
  checkFormats,
  checkSpecification,
  checkType,
  reportFormats,
  reportSlug,
  reportTypes,
  weeklyScorecard,
  type ReportFormat,
  type ReportSpecification,
  type ReportType,
} from './report-definition';
export { layInOutbox, outboxFolder } from './outbox';
export { localDate, nextRun, type Schedule } from './schedule';
