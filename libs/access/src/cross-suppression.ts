import type { Cell } from './suppression';

/** People of one row of a table who are in one cell of a breakdown beside it. */
export interface CrossCount extends Cell {
  row: string;
  cell: string;
}

/**
 * Which rows of a table (rates by provider) have to be withheld, so that no hidden cell of a breakdown of the same
 * people (rates by site) can be computed from the rows that are shown.
 *
 * Think of rows and cells as the nodes of a graph with an edge where they share people. Sums of rows and sums of cells
 * are equal within each connected part of it, and nothing else ties them together. Therefore the sum of the hidden
 * cells of one part follows from its rows, if all of them are shown: of a site, whose providers work nowhere else, the
 * very cell. Where one row of each of those parts is withheld, only the sum of all hidden cells follows, which the
 * total gives away anyway and which `suppressSmallCells` has made large enough. Hidden cells within a single part are
 * safe without that. Who reads the table is thought to know which provider works where.
 *
 * @param counts every pair of row and cell that shares people
 * @param hidden cells that are withheld
 * @returns the rows to withhold, of each part the one with the fewest people
 */
export function rowsToWithhold(counts: readonly CrossCount[], hidden: ReadonlySet<string>): Set<string> {
  const withheld = new Set<string>();
  const quantities: ((count: CrossCount) => number)[] = [
    ({ denominator }) => denominator,
    ({ numerator }) => numerator,
    ({ denominator, numerator }) => denominator - numerator,
  ];
  for (const quantity of quantities) {
    const parts = connectedParts(withoutKnownZeros(counts, quantity)).filter((part) =>
      part.some(({ cell }) => hidden.has(cell)),
    );
    if (parts.length < 2) continue;
    for (const part of parts) {
      const rows = sums(
        part,
        ({ row }) => row,
        ({ denominator }) => denominator,
      );
      if ([...rows.keys()].some((row) => withheld.has(row))) continue;
      const [smallest] = [...rows].sort(([, a], [, b]) => a - b)[0]!;
      withheld.add(smallest);
    }
  }
  return withheld;
}

/** A row or cell that is shown with nobody in it tells that nobody is in any part of it. */
function withoutKnownZeros(
  counts: readonly CrossCount[],
  quantity: (count: CrossCount) => number,
): CrossCount[] {
  const rows = sums(counts, ({ row }) => row, quantity);
  const cells = sums(counts, ({ cell }) => cell, quantity);
  return counts.filter(({ row, cell }) => rows.get(row)! > 0 && cells.get(cell)! > 0);
}

function sums(
  counts: readonly CrossCount[],
  key: (count: CrossCount) => string,
  quantity: (count: CrossCount) => number,
): Map<string, number> {
  const result = new Map<string, number>();
  for (const count of counts) result.set(key(count), (result.get(key(count)) ?? 0) + quantity(count));
  return result;
}

/** Counts that are tied together by a common row or a common cell. */
function connectedParts(counts: readonly CrossCount[]): CrossCount[][] {
  let parts: { rows: Set<string>; cells: Set<string>; counts: CrossCount[] }[] = [];
  for (const count of counts) {
    const touched = parts.filter(({ rows, cells }) => rows.has(count.row) || cells.has(count.cell));
    parts = parts.filter((part) => !touched.includes(part));
    parts.push({
      rows: new Set([count.row, ...touched.flatMap(({ rows }) => [...rows])]),
      cells: new Set([count.cell, ...touched.flatMap(({ cells }) => [...cells])]),
      counts: [...touched.flatMap((part) => part.counts), count],
    });
  }
  return parts.map((part) => part.counts);
}
