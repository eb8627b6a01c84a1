export { Diagnostic, Unsupported, Defect, type CqlLocation } from './failures';
export { readSettings, type Settings } from './settings';
