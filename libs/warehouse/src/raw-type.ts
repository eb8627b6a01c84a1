import { quoteIdentifier } from './database';

/**
 * The JSON shape that is read of a resource: a tree of what is demanded, leaves as texts. Everything else in the
 * resource is skipped by the reader.
 */
export type RawType =
  { kind: 'text' } | { kind: 'list'; of: RawType } | { kind: 'struct'; fields: Map<string, RawType> };

export const text: RawType = { kind: 'text' };

export function list(of: RawType): RawType {
  return { kind: 'list', of };
}

export function struct(fields: Iterable<readonly [string, RawType]>): RawType {
  return { kind: 'struct', fields: new Map(fields) };
}

/** As a SQL type, for `read_json(…, columns = …)` and casts. */
export function printSqlType(type: RawType): string {
  switch (type.kind) {
    case 'text':
      return 'VARCHAR';
    case 'list':
      return `${printSqlType(type.of)}[]`;
    case 'struct':
      return `STRUCT(${[...type.fields].map(([name, field]) => `${quoteIdentifier(name)} ${printSqlType(field)}`).join(', ')})`;
  }
}

/** As the structure that `from_json` takes: `{"code": {"coding": [{"system": "VARCHAR"}]}}`. */
export function printStructure(type: RawType): string {
  return JSON.stringify(structure(type));
}

function structure(type: RawType): unknown {
  switch (type.kind) {
    case 'text':
      return 'VARCHAR';
    case 'list':
      return [structure(type.of)];
    case 'struct':
      return Object.fromEntries([...type.fields].map(([name, field]) => [name, structure(field)]));
  }
}

/** The union of two shapes of the same element; the first one's order of fields is kept. */
export function mergeRawTypes(left: RawType, right: RawType): RawType {
  if (left.kind === 'list' && right.kind === 'list') return list(mergeRawTypes(left.of, right.of));
  if (left.kind === 'struct' && right.kind === 'struct') {
    const fields = new Map(left.fields);
    for (const [name, type] of right.fields) {
      const present = fields.get(name);
      fields.set(name, present ? mergeRawTypes(present, type) : type);
    }
    return { kind: 'struct', fields };
  }
  return left;
}
