import type { RecordObject } from 'cql-execution';

/**
 * What a define of a library is for one patient, in the second engine.
 * `list`: the resources as `Type/id`, anything else as text, sorted. `failed`: the engine gave up on this define.
 */
export type DefineValue =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'list'; items: string[] }
  | { kind: 'other'; text: string }
  | { kind: 'failed'; message: string };

export function defineValue(value: unknown): DefineValue {
  if (value === null || value === undefined) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item: unknown) => text(item)).sort() };
  return { kind: 'other', text: text(value) };
}

export function failedValue(error: unknown): DefineValue {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

function text(value: unknown): string {
  const type = resourceTypeOf(value);
  if (type) return `${type}/${(value as RecordObject).getId() as string}`;
  return JSON.stringify(value) ?? 'undefined';
}

/** cql-exec-fhir wraps every element; what descends from Resource is a resource. */
function resourceTypeOf(value: unknown): string | undefined {
  const hierarchy = (value as Partial<RecordObject> | null)?._typeHierarchy?.() ?? [];
  const names = hierarchy.flatMap((type) => (type.type === 'NamedTypeSpecifier' ? [type.name] : []));
  const isResource = names.some((name) => name.endsWith('}Resource'));
  return isResource ? names[0]?.replace(/^.*[}.]/, '') : undefined;
}
