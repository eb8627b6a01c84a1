import { rowsToWithhold, type CrossCount } from './cross-suppression';
import { isSmallCell, suppressSmallCells } from './suppression';

const count = (row: string, cell: string, denominator: number, numerator = denominator / 2): CrossCount => ({
  row,
  cell,
  denominator,
  numerator,
});

describe('rows beside a breakdown with hidden cells', () => {
  // Sites north (8 of 40) and south are hidden, west is shown; every provider works at one site.
  const nested = [
    count('ada', 'north', 25, 5),
    count('bob', 'north', 15, 3),
    count('cyd', 'south', 30, 15),
    count('dan', 'south', 40, 20),
    count('eve', 'west', 90, 45),
  ];
  const hidden = new Set(['north', 'south']);

  it('lose one provider of each hidden site: with one alone the total would give it away', () => {
    expect(rowsToWithhold(nested, hidden)).toEqual(new Set(['bob', 'cyd']));
  });

  it('stay whole where nothing is hidden, and where one part holds all that is hidden', () => {
    expect(rowsToWithhold(nested, new Set())).toEqual(new Set());
    expect(rowsToWithhold([count('ada', 'north', 8)], new Set(['north']))).toEqual(new Set());
    // Every provider has patients of both payers: no sum of rows is a payer.
    const crossed = [
      count('ada', 'medicare', 5),
      count('ada', 'medicaid', 25),
      count('bob', 'medicare', 20),
      count('bob', 'medicaid', 30),
    ];
    expect(rowsToWithhold(crossed, new Set(['medicare', 'medicaid']))).toEqual(new Set());
  });

  it('take a provider who works at both sites as what ties them together', () => {
    expect(rowsToWithhold([...nested, count('fay', 'north', 12), count('fay', 'south', 12)], hidden)).toEqual(
      new Set(),
    );
  });

  it('take a provider with nobody in the numerator for no tie of numerators', () => {
    const tie = [count('fay', 'north', 12, 0), count('fay', 'south', 12, 0)];
    expect(rowsToWithhold([...nested, ...tie], hidden)).toEqual(new Set(['bob', 'cyd']));
  });

  it('never determine a hidden site: solved as a system of equations, over many practices', () => {
    let attacked = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const counts = practice(seed);
      const sites = [...new Set(counts.map(({ cell }) => cell))].map((cell) => ({
        cell,
        ...total(counts.filter((each) => each.cell === cell)),
      }));
      const shown = suppressSmallCells(sites);
      const secret = new Set(shown.filter(({ suppressed }) => suppressed).map(({ cell }) => cell));
      if (secret.size < 2) continue;
      const withheld = rowsToWithhold(counts, secret);
      for (const site of sites.filter(({ cell, ...each }) => secret.has(cell) && pointsAtSomebody(each))) {
        attacked++;
        expect([seed, site.cell, isDetermined(counts, secret, withheld, site.cell)]).toEqual([
          seed,
          site.cell,
          false,
        ]);
      }
    }
    expect(attacked).toBeGreaterThan(100);
  });

  it('would determine it without: the same equations, with every provider shown', () => {
    expect(isDetermined(nested, hidden, new Set(), 'north')).toBe(true);
    expect(isDetermined(nested, hidden, new Set(['bob']), 'north')).toBe(true);
    expect(isDetermined(nested, hidden, new Set(['bob', 'cyd']), 'north')).toBe(false);
  });
});

function total(counts: readonly CrossCount[]): { denominator: number; numerator: number } {
  return {
    denominator: counts.reduce((sum, { denominator }) => sum + denominator, 0),
    numerator: counts.reduce((sum, { numerator }) => sum + numerator, 0),
  };
}

function pointsAtSomebody({ denominator, numerator }: { denominator: number; numerator: number }): boolean {
  return [denominator, numerator, denominator - numerator].some(isSmallCell);
}

/**
 * The attack: one unknown for each pair of provider and site (the reader knows who works where), one equation for the
 * total, each shown site and each shown provider. Determined is what is a combination of the equations.
 */
function isDetermined(
  counts: readonly CrossCount[],
  hidden: ReadonlySet<string>,
  withheld: ReadonlySet<string>,
  site: string,
): boolean {
  const indicator = (test: (each: CrossCount) => boolean): number[] =>
    counts.map((each) => (test(each) ? 1 : 0));
  const rows = [...new Set(counts.map(({ row }) => row))].filter((row) => !withheld.has(row));
  const cells = [...new Set(counts.map(({ cell }) => cell))].filter((cell) => !hidden.has(cell));
  const equations = [
    indicator(() => true),
    ...rows.map((row) => indicator((each) => each.row === row)),
    ...cells.map((cell) => indicator((each) => each.cell === cell)),
  ];
  return rank(equations) === rank([...equations, indicator((each) => each.cell === site)]);
}

/** Gaussian elimination; the entries stay small integers and thirds of them, far from where doubles lie. */
function rank(matrix: readonly number[][]): number {
  const left = matrix.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column++) {
    const pivot = left.findIndex((row, index) => index >= found && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [left[found], left[pivot]] = [left[pivot]!, left[found]!];
    const head = left[found]!;
    for (let index = found + 1; index < left.length; index++) {
      const factor = left[index]![column]! / head[column]!;
      if (factor !== 0) left[index] = left[index]!.map((value, at) => value - factor * head[at]!);
    }
    found++;
  }
  return found;
}

/** Up to six sites with one to three providers each; some providers work at a second site, too. */
function practice(seed: number): CrossCount[] {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const sites = 2 + next(5);
  const counts: CrossCount[] = [];
  for (let site = 0; site < sites; site++) {
    for (let provider = 0; provider <= next(3); provider++) {
      const at = [site, ...(next(4) === 0 ? [(site + 1) % sites] : [])];
      for (const place of new Set(at)) {
        const denominator = 1 + (next(3) === 0 ? next(12) : next(80));
        counts.push(count(`p${site}.${provider}`, `s${place}`, denominator, next(denominator + 1)));
      }
    }
  }
  return counts;
}
