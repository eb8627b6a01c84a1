import type { DemandNode } from '@catchment/fhir';
import { quoteIdentifier } from './database';
import { resolveProperty } from './resolve-property';

/**
 * The columns of a typed table that hold references, at whatever depth, with SQL of the same column in which every
 * reference's text is another.
 * @param rewrite SQL of the new text, from SQL of the text
 */
export function rewriteReferences(
  type: string,
  demand: DemandNode,
  rewrite: (reference: string) => string,
): Map<string, string> {
  const columns = Object.entries(demand).flatMap(([name, node]) => {
    const sql = rewritten(type, name, node, quoteIdentifier(name), rewrite, 0);
    return sql === undefined ? [] : [[name, sql] as const];
  });
  return new Map(columns);
}

/** Undefined where no reference is stored. */
function rewritten(
  type: string,
  name: string,
  node: DemandNode,
  sql: string,
  rewrite: (reference: string) => string,
  depth: number,
): string | undefined {
  const property = resolveProperty(type, name);
  if (property.form !== 'struct') return undefined;
  const each = property.list ? `e${depth}` : sql;
  const fields = Object.entries(node).flatMap(([field, children]) => {
    const value = `${each}.${quoteIdentifier(field)}`;
    const changed =
      property.type === 'Reference' && field === 'reference'
        ? rewrite(value)
        : rewritten(property.type, field, children, value, rewrite, depth + 1);
    return changed === undefined ? [] : [`${quoteIdentifier(field)} := ${changed}`];
  });
  if (fields.length === 0) return undefined;
  const updated = `case when ${each} is not null then struct_update(${each}, ${fields.join(', ')}) end`;
  return property.list ? `list_transform(${sql}, lambda ${each}: ${updated})` : updated;
}
