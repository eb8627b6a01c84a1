import type { Parameters } from '@catchment/population';

export const exportFormats = ['csv', 'json', 'arrow'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A column of an exported file. */
export interface FlatColumn {
  name: string;
  /** BOOLEAN, INTEGER, BIGINT, DOUBLE, DATE or VARCHAR. */
  sql: string;
  /** Holds text that people wrote: it is quoted, and kept from being run as a formula. */
  text?: boolean;
}

/** Rows of plain values: what a file holds, in any of the formats. */
export interface FlatList {
  columns: readonly FlatColumn[];
  /** What follows `select …`: from, where, order by. */
  from: string;
  parameters: Parameters;
}

/** `name: sql` pairs as columns of text. */
export function textColumns(columns: Record<string, string>): FlatColumn[] {
  return Object.entries(columns).map(([name, sql]) => ({ name, sql, text: true }));
}

/** `name: sql` pairs as columns of numbers, dates and truth values. */
export function plainColumns(columns: Record<string, string>): FlatColumn[] {
  return Object.entries(columns).map(([name, sql]) => ({ name, sql }));
}
