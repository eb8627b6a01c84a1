export { recordQuality, type QualityRequest } from './record-quality';
export {
  mapCode,
  readMappings,
  withdrawMapping,
  writeMappings,
  type MappedCode,
} from './mapping/code-mappings';
export { previewMapping, type MappingPreview } from './mapping/preview-mapping';
export { searchTargets, type MappingTarget } from './mapping/search-targets';
export {
  readMeasureGrades,
  readMeasureQuality,
  readQuality,
  readUnmappedCodes,
  shareText,
  type Finding,
  type MeasureQuality,
  type SourceQuality,
  type UnmappedCode,
  type MeasureGrade,
  hasChecks,
} from './read/read-quality';
