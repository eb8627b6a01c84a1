export type {
  ElmNode,
  ElmLibrary,
  ExpressionDef,
  TypeSpecifier,
  Annotation,
  AnnotationNode,
  ValueSetDef,
  CodeDef,
} from './types';
export { nameChoiceTypes } from './named-types';
export { readLibraries, translatorError, type Library } from './library-set';
