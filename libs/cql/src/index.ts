export { compile, type CompileRequest } from './compile';
export type { DefineOutput, ObservationOutput, Program } from './plan/program';
export { codeSetKey, type CodeSet } from './plan/code-set';
export type { ProfileMode } from './lower/context';
