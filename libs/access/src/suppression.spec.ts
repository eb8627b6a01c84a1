import { isSmallCell, suppressSmallCells, type Cell } from './suppression';

const shown = (cells: Cell[]) => suppressSmallCells(cells).map(({ suppressed }) => !suppressed);

describe('suppressSmallCells', () => {
  it.each<[string, [number, number][], boolean[]]>([
    [
      'nothing small',
      [
        [20, 50],
        [30, 60],
      ],
      [true, true],
    ],
    [
      'zero is no small cell',
      [
        [0, 50],
        [30, 60],
      ],
      [true, true],
    ],
    [
      'a small denominator hides a second cell: the smallest other',
      [
        [5, 10],
        [30, 60],
        [20, 40],
      ],
      [false, true, false],
    ],
    [
      'a small numerator',
      [
        [3, 60],
        [30, 70],
        [40, 80],
      ],
      [false, false, true],
    ],
    [
      'a small complement',
      [
        [57, 60],
        [30, 70],
        [40, 80],
      ],
      [false, false, true],
    ],
    [
      'two small cells whose sum is small, too',
      [
        [0, 4],
        [0, 5],
        [30, 60],
      ],
      [false, false, false],
    ],
    [
      'two small cells whose sum is not',
      [
        [0, 9],
        [0, 9],
        [30, 60],
      ],
      [false, false, true],
    ],
    ['a single cell', [[2, 7]], [false]],
    [
      'empty cells are never hidden',
      [
        [0, 0],
        [5, 10],
      ],
      [true, false],
    ],
  ])('%s', (_, cells, expected) => {
    expect(shown(cells.map(([numerator, denominator]) => ({ numerator, denominator })))).toEqual(expected);
  });

  it('never lets a hidden small cell be computed from the total and the cells that are shown', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const cells = randomCells(seed);
      const result = suppressSmallCells(cells);
      const hidden = cells.filter((_, index) => result[index]!.suppressed);
      for (const [index, cell] of cells.entries()) {
        if (!result[index]!.suppressed) {
          const { numerator, denominator } = cell;
          expect([numerator, denominator, denominator - numerator].filter(isSmallCell)).toEqual([]);
        }
      }
      // what the reader can compute is the sum of the hidden cells: it stands for several, or everything is hidden
      const everythingHidden = cells.every(
        (cell, index) => result[index]!.suppressed || cell.denominator === 0,
      );
      if (hidden.length > 0 && !everythingHidden) {
        const numerator = hidden.reduce((sum, cell) => sum + cell.numerator, 0);
        const denominator = hidden.reduce((sum, cell) => sum + cell.denominator, 0);
        expect(hidden.length).toBeGreaterThan(1);
        expect([numerator, denominator, denominator - numerator].filter(isSmallCell)).toEqual([]);
      }
    }
  });
});

/** A linear congruential generator: the same cells on every run. */
function randomCells(seed: number): Cell[] {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  return Array.from({ length: 1 + next(6) }, () => {
    const denominator = next(4) === 0 ? next(12) : next(200);
    return { denominator, numerator: denominator === 0 ? 0 : next(denominator + 1) };
  });
}
