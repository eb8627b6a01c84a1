import type { CodedKey } from '../plan/expression';

/** What differs between SQL engines: how the plan's functions, lists and temp tables are written. */
export interface Dialect {
  /** SQL of one function of the plan over printed arguments, by the plan's function name. */
  functions: Record<string, (args: string[]) => string>;
  aggregates: Record<string, (args: string[], orderBy: string, distinct: boolean) => string>;
  lambda(
    fn: 'filter' | 'transform' | 'reduce',
    list: string,
    variables: string[],
    body: string,
    initial?: string,
  ): string;
  field(struct: string, name: string): string;
  struct(fields: [name: string, value: string][]): string;
  /** Rows `v`, `position` (from 1) of a list that may depend on the tables before it. */
  unnest(list: string): string;
  createTable(name: string, select: string): string;
  /** Members of a code set as a relation with one column. */
  members(setIds: number[], of: CodedKey): string;
  /** Is the key a member, where no subquery can stand? */
  isMember(setId: number, of: CodedKey, key: string): string;
  /** Statement that makes `isMember` of a set possible. */
  prepareMembers(setId: number, of: CodedKey): string;
  quote(identifier: string): string;
}
