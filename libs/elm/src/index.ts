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
export { readLibraries, type Library } from './library-set';
