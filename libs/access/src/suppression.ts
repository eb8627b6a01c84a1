/** A count of people in this range could point at somebody (CMS cell-size suppression policy: 1 to 10). */
export function isSmallCell(count: number): boolean {
  return count >= 1 && count <= 10;
}

export interface Cell {
  numerator: number;
  denominator: number;
}

export type Suppressed<T extends Cell> =
  | (T & { suppressed: false })
  | (Omit<T, keyof Cell> & { numerator: null; denominator: null; suppressed: true });

/**
 * Hides small cells of a breakdown, for example a rate by race, whose total is known to the reader.
 *
 * A cell is hidden when its denominator, its numerator or the complement (denominator − numerator) is 1 to 10. Since a
 * single hidden cell follows from the total, and a small sum of hidden cells does too, further cells are hidden,
 * smallest denominator first, until at least two are and none of their three sums is small. Zero is no small cell.
 */
export function suppressSmallCells<T extends Cell>(cells: readonly T[]): Suppressed<T>[] {
  const hidden = new Set(cells.filter(pointsAtSomebody));
  const candidates = cells
    .filter((cell) => !hidden.has(cell) && cell.denominator > 0)
    .sort((a, b) => a.denominator - b.denominator);
  while (hidden.size > 0 && canBeDerived([...hidden])) {
    const next = candidates.shift();
    if (!next) break;
    hidden.add(next);
  }
  return cells.map((cell) =>
    hidden.has(cell)
      ? { ...cell, numerator: null, denominator: null, suppressed: true }
      : { ...cell, suppressed: false },
  );
}

function pointsAtSomebody({ numerator, denominator }: Cell): boolean {
  return [numerator, denominator, denominator - numerator].some(isSmallCell);
}

function canBeDerived(hidden: readonly Cell[]): boolean {
  const sum = hidden.reduce(
    (total, cell) => ({
      numerator: total.numerator + cell.numerator,
      denominator: total.denominator + cell.denominator,
    }),
    { numerator: 0, denominator: 0 },
  );
  return hidden.length < 2 || pointsAtSomebody(sum);
}
