import { Defect } from '@catchment/platform';
import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import type { Correlate } from './correlates';
import type { Node } from './node';

/** The rows for which a block is computed all at once, with what it reads of them. */
export interface Outer {
  /** SQL of the rows, with a column `o<n>` for each correlate. */
  relation: string;
  correlates: Correlate[];
  /** The first correlates, which tell one row from another: a key, or all. */
  identity: Correlate[];
  /** What ties the block's rows to the outer row, beside its own filters. */
  match: Expr[];
}

export interface EnteredOuter {
  /** What FROM reads. */
  text: string;
  sources: Source[];
  columns: Expr[];
  names: Node[];
  leave(): void;
}

/**
 * Makes the correlates of outer rows readable; `leave` takes them back.
 * @param alias quoted name of the outer rows in the SELECT that is entered
 * @param readers SQL of a source's column where printing stands
 */
export function enterOuter(
  outer: Outer,
  alias: string,
  readers: Map<Source, (name: string) => string>,
): EnteredOuter {
  const hiddenReaders = new Map<Source, ((name: string) => string) | undefined>();
  const hiddenNames = new Map<Node, string | undefined>();
  const columns = new Map<Source, Map<string, string>>();
  const columnsOf = (source: Source): Map<string, string> => {
    const known = columns.get(source) ?? new Map<string, string>();
    columns.set(source, known);
    return known;
  };
  outer.correlates.forEach(({ column, sources = [], node }, index) => {
    const sql = `${alias}."o${index}"`;
    if (column) columnsOf(column.source).set(column.name, sql);
    else {
      // Not read itself, but what reads it through this name can be printed.
      for (const source of sources) columnsOf(source);
      hiddenNames.set(node, node.name);
      node.name = sql;
    }
  });
  for (const [source, known] of columns) {
    hiddenReaders.set(source, readers.get(source));
    readers.set(source, (name) => {
      const sql = known.get(name);
      if (!sql) throw new Defect(`column ${name} of an outer row was not passed on`);
      return sql;
    });
  }
  return {
    text: `${outer.relation} as ${alias}`,
    sources: [...columns.keys()],
    columns: outer.correlates.flatMap(({ column }) => column ?? []),
    names: [...hiddenNames.keys()],
    leave: () => {
      for (const [source, reader] of hiddenReaders) {
        if (reader) readers.set(source, reader);
        else readers.delete(source);
      }
      for (const [node, sql] of hiddenNames) node.name = sql;
    },
  };
}

/** The number of the resource, where each row is one of one table. */
export type RowKey = Extract<Expr, { op: 'column' }> & { source: Extract<Source, { kind: 'resource' }> };

export function rowKeyOf({ sources }: Block): RowKey | undefined {
  const [first, ...others] = sources.filter(({ join }) => join === 'from');
  return first?.kind === 'resource' && others.length === 0
    ? { op: 'column', source: first, name: 'rid' }
    : undefined;
}
