export {
  Database,
  Connection,
  quoteIdentifier,
  quoteLiteral,
  type DatabaseOptions,
  type Parameter,
  type Row,
} from './database';
export { readModels, readSeedNames, orderModels, type Model, type Layer } from './models-source';
export { runModels, dropModels, type RunModelsOptions } from './models';
export {
  createResultTables,
  recordRun,
  recordMeasure,
  type RunRecord,
  type MeasureRecord,
  type MeasureGroupRecord,
  type RetrieveRecord,
} from './publish-results';
export {
  publish,
  recordTrend,
  readPointer,
  martsFolder,
  type MartsPointer,
  type Published,
  type PublishOptions,
} from './publish';
