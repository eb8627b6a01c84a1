export { compile, plan, type CompileRequest, type Plan } from './compile';
export type { DefineOutput, ObservationOutput, Program, Statement } from './plan/program';
export { CodeSetNumbers, codeSetKey, type CodeSet, type NumberedCodeSet } from './plan/code-set';
export type { ProfileMode } from './lower/context';
export { literalUnits } from './units/literal-units';
export { unitScale, type UnitScale } from './units/unit-scale';
export { countDefines, defineAt, readCqlHeader, type CqlHeader } from './cql-header';
export {
  translate,
  translatorVersion,
  type TranslateRequest,
  type Translation,
  type TranslationFailure,
} from './translate';
export { compileValue, type DefineValue } from './define-value';
export type { Shape } from './value/value';
