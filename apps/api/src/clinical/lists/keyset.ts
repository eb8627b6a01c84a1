import type { Parameters } from '@catchment/population';
import type { Parameter } from '@catchment/warehouse';

/** One level of an order. */
export interface SortKey {
  /** SQL expression that is never null. */
  sql: string;
  descending?: boolean;
}

export function orderBy(keys: readonly SortKey[]): string {
  return keys.map(({ sql, descending }) => (descending ? `${sql} desc` : sql)).join(', ');
}

/**
 * SQL condition for the rows behind a row in this order. The keys must tell all rows apart, or rows are skipped.
 * @param values the row's values of the keys
 */
export function isBehind(
  keys: readonly SortKey[],
  values: readonly Parameter[],
  parameters: Parameters,
): string {
  return keys.reduceRight((rest, { sql, descending }, level) => {
    const value = parameters.bind(values[level] ?? null);
    const further = `${sql} ${descending ? '<' : '>'} ${value}`;
    return rest ? `(${further} or (${sql} = ${value} and ${rest}))` : further;
  }, '');
}
