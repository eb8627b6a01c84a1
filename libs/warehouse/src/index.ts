export {
  Database,
  Connection,
  quoteIdentifier,
  quoteLiteral,
  type DatabaseOptions,
  type Parameter,
  type Row,
} from './database';
export { type PatientFailure } from './patient-failures';
export { prepareWarehouse, installFunctions } from './schema';
export { shred, type Shred, type ShreddedColumn } from './shred';
export { type ConceptSite } from './concept-site';
export { typedTable, createTypedTable, readDemand, missingDemand, dataState } from './typed-table';
export { readElementFacts } from './element-facts';
export { readNews, keepNews, newsOf, rowsWithNews, type PatientNews } from './patient-news';
export { NewsWarehouse } from './news-warehouse';
export { openWarehouse, openWarehouseFile, warehouseFile, WarehouseInUse } from './open-warehouse';
export { shredForLoad, type ResourceBatch, type NdjsonForm } from './stage-resources';
export { storeResources, isInPatientCompartment, type BatchOutcome } from './store-resources';
export { Reshredding } from './reshred';
export { rewriteReferences } from './identity-references';
export { saveKept, takeKept } from './carry-over';
export { deleteResources, type DeletionOutcome } from './delete-resources';
export { readWarehouseContent, checkWarehouse, type WarehouseContent } from './warehouse-content';
export { loadFixture, type FixtureResource } from './fixture';
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
  buildMarts,
  publishMarts,
  recordTrend,
  type Published,
  type PublishOptions,
} from './publish';
export { readPointer, martsFolder, type MartsPointer } from './marts-folder';
export { MartsReader } from './publish-reader';
export { arrowStream } from './arrow';
export { textStream } from './text-stream';
