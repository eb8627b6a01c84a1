import ts from 'typescript';
import { Unsupported } from '@catchment/platform';

/** The part of OpenAPI's schema object that plain JSON shapes need. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  description?: string;
  nullable?: boolean;
  enum?: (string | null)[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/**
 * OpenAPI schemas of the types that a file of pure types exports, by name; doc comments become descriptions.
 * Generic types are left out: name their instances.
 * @throws Unsupported naming a type that has no form here
 */
export function contractSchemas(file: string): Record<string, Schema> {
  const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2023 });
  const source = program.getSourceFile(file);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  if (!module) throw new Unsupported(`${file} as a file of types`);
  return new SchemaWriter(program.getTypeChecker(), module).write();
}

class SchemaWriter {
  private readonly exported: Map<string, ts.Symbol>;

  constructor(
    private readonly checker: ts.TypeChecker,
    module: ts.Symbol,
  ) {
    const symbols = checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter((symbol) => !isGeneric(symbol));
    this.exported = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  }

  write(): Record<string, Schema> {
    const schemas = [...this.exported].map(([name, symbol]): [string, Schema] => [
      name,
      { ...this.describe(symbol), ...this.shape(this.checker.getDeclaredTypeOfSymbol(symbol)) },
    ]);
    return Object.fromEntries(schemas);
  }

  /** A use of a type: by name when the contract names it. */
  private use(type: ts.Type): Schema {
    const name = (type.aliasTypeArguments ? undefined : type.aliasSymbol?.name) ?? type.symbol?.name;
    if (name !== undefined && this.exported.has(name)) return { $ref: `#/components/schemas/${name}` };
    return this.shape(type);
  }

  private shape(type: ts.Type): Schema {
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.union(type);
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (this.checker.isArrayType(type)) {
      return { type: 'array', items: this.use(this.checker.getTypeArguments(type as ts.TypeReference)[0]!) };
    }
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.object(type);
    throw new Unsupported(`type ${this.checker.typeToString(type)} in the contract`);
  }

  private union(union: ts.UnionType): Schema {
    const nullable = union.types.some((type) => type.flags & ts.TypeFlags.Null);
    const types = union.types.filter((type) => !(type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
    if (types.every((type) => type.isStringLiteral())) {
      const values = types.map((type) => type.value).sort();
      return nullable
        ? { type: 'string', nullable, enum: [...values, null] }
        : { type: 'string', enum: values };
    }
    if (types.every((type) => type.flags & ts.TypeFlags.BooleanLike)) {
      return { type: 'boolean', ...(nullable && { nullable }) };
    }
    if (types.length !== 1) throw new Unsupported(`type ${this.checker.typeToString(union)} in the contract`);
    const only = this.use(types[0]!);
    if (!nullable) return only;
    return only.$ref ? { nullable, allOf: [only] } : { ...only, nullable };
  }

  private object(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const use = this.use(this.checker.getTypeOfSymbol(property));
      const description = this.describe(property);
      properties[property.name] =
        use.$ref && description.description ? { ...description, allOf: [use] } : { ...description, ...use };
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    return { type: 'object', properties, ...(required.length > 0 && { required }) };
  }

  private describe(symbol: ts.Symbol): { description?: string } {
    const description = ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).trim();
    return description ? { description } : {};
  }
}

function isGeneric(symbol: ts.Symbol): boolean {
  const declaration = symbol.declarations?.[0];
  return (
    declaration !== undefined &&
    (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) &&
    declaration.typeParameters !== undefined
  );
}
