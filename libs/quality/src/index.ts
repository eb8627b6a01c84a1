export { recordQuality, type QualityRequest } from './record-quality';
export type { MeasureReads } from './grades/measure-inputs';
export type { Grade } from './grades/grade';
export type { CheckClass, Severity } from './checks/check';
