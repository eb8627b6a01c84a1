import type { RawType } from './raw-type';

/**
 * Where a parsed JSON value differs in kind from the shape that is read of it: an array where R4 has an object, an
 * object where it has a primitive. The reader of JSON texts would make such an element null, or a text of the JSON.
 * @returns a path such as `component[1].code.coding`, for people; undefined when the shape fits.
 */
export function shapeFault(shape: RawType, value: unknown, path = ''): string | undefined {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case 'text':
      return typeof value === 'object' ? path : undefined;
    case 'list':
      return Array.isArray(value)
        ? first(value.entries(), ([index, element]) => shapeFault(shape.of, element, `${path}[${index}]`))
        : path;
    case 'struct':
      return typeof value === 'object' && !Array.isArray(value)
        ? first(shape.fields, ([name, field]) =>
            shapeFault(field, (value as Record<string, unknown>)[name], path ? `${path}.${name}` : name),
          )
        : path || 'the resource';
  }
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
