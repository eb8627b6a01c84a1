export { evaluateRun, type EvaluateRunRequest } from './evaluate-run';
export type { RunOutcome, MeasureOutcome, EvaluatedMeasure, FailedMeasure } from './run-outcome';
export { readMeasurementPeriod, type MeasurementPeriod } from './measurement-period';
export { measureDemand } from './measure-demand';
export { engineVersion } from './engine-version';
export { prepareMeasures, type PreparedMeasure } from './prepare-measures';
export { runProgram } from './run-program';
export { RunTables } from './run-tables';
export type { CompiledMeasure } from './compile-measure';
