import { isBetter, patientsToTarget } from './improvement';

describe('patientsToTarget', () => {
  it.each([
    // 0.7 × 10 is 7 exactly; in binary floating point 0.7 × 10 = 7.000000000000001 on some paths would ask for 8
    ['0.70', 10, 7, 'increase', 0],
    ['0.70', 10, 6, 'increase', 1],
    ['0.29', 100, 28, 'increase', 1],
    ['0.29', 100, 29, 'increase', 0],
    ['0.75', 3, 0, 'increase', 3],
    ['0.200000', 10, 5, 'decrease', 3],
    ['0.25', 3, 1, 'decrease', 1],
    ['0.1', 30, 3, 'decrease', 0],
    ['1', 12, 12, 'increase', 0],
    ['0', 12, 2, 'decrease', 2],
  ] as const)('target %s of %i, %i reached, %s: %i', (target, denominator, numerator, notation, expected) => {
    expect(patientsToTarget(target, denominator, numerator, notation)).toBe(expected);
  });

  it.each(['75', '1.01', '-0.5', '.5', 'x', ''])('refuses "%s"', (target) => {
    expect(() => patientsToTarget(target, 1, 0, 'increase')).toThrow('a target is a decimal from 0 to 1');
  });
});

it('judges a change by improvement notation', () => {
  expect([
    isBetter(1, 'increase'),
    isBetter(1, 'decrease'),
    isBetter(-2, 'decrease'),
    isBetter(0, 'increase'),
  ]).toEqual([true, false, true, null]);
});
