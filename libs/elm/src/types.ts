/**
 * ELM (Expression Logical Model, HL7 CQL 1.5 part 4) as the translator writes it to JSON.
 * Nodes are read generically: `type` decides which of the other properties are there.
 */
export interface ElmNode {
  type: string;
  localId?: string;
  locator?: string;
  resultTypeName?: string;
  resultTypeSpecifier?: TypeSpecifier;
  operand?: ElmNode | ElmNode[];
  [property: string]: unknown;
}

export type TypeSpecifier =
  | { type: 'NamedTypeSpecifier'; name: string }
  | { type: 'IntervalTypeSpecifier'; pointType: TypeSpecifier }
  | { type: 'ListTypeSpecifier'; elementType: TypeSpecifier }
  | { type: 'ChoiceTypeSpecifier'; choice?: TypeSpecifier[]; type_?: TypeSpecifier[] }
  | { type: 'TupleTypeSpecifier'; element: { name: string; elementType: TypeSpecifier }[] };

export interface ExpressionDef {
  name: string;
  context?: string;
  accessLevel?: string;
  type?: string;
  fluent?: boolean;
  external?: boolean;
  expression?: ElmNode;
  operand?: { name: string; operandTypeSpecifier: TypeSpecifier }[];
  resultTypeName?: string;
  resultTypeSpecifier?: TypeSpecifier;
  annotation?: Annotation[];
  localId?: string;
  locator?: string;
}

export interface Annotation {
  type?: string;
  errorSeverity?: string;
  errorType?: string;
  message?: string;
  startLine?: number;
  startChar?: number;
  endLine?: number;
  endChar?: number;
  s?: AnnotationNode;
}

/** A piece of the CQL text; `r` is the localId of the node that it belongs to. */
export interface AnnotationNode {
  r?: string;
  s?: AnnotationNode[];
  value?: string[];
}

export interface IncludeDef {
  localIdentifier: string;
  path: string;
  version?: string;
}

export interface ValueSetDef {
  name: string;
  id: string;
  version?: string;
}

export interface CodeDef {
  name: string;
  id: string;
  display?: string;
  codeSystem: { name: string; libraryName?: string };
}

export interface ConceptDef {
  name: string;
  code: { name: string; libraryName?: string }[];
}

export interface ParameterDef {
  name: string;
  default?: ElmNode;
  parameterTypeSpecifier?: TypeSpecifier;
}

/** One ELM library (the translator's `library` object). */
export interface ElmLibrary {
  identifier: { id: string; version?: string };
  annotation?: Annotation[];
  usings?: { def: { localIdentifier: string; uri?: string; version?: string }[] };
  includes?: { def: IncludeDef[] };
  parameters?: { def: ParameterDef[] };
  codeSystems?: { def: { name: string; id: string; version?: string }[] };
  valueSets?: { def: ValueSetDef[] };
  codes?: { def: CodeDef[] };
  concepts?: { def: ConceptDef[] };
  statements?: { def: ExpressionDef[] };
}
