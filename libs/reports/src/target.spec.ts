import { comparePerformance } from './target';

describe('comparePerformance', () => {
  it.each([
    // higher is better: max(0, ceil(t·D) − n)
    { n: 139, d: 200, t: 0.7, notation: 'increase', left: 1, why: '70 % of 200 is 140' },
    { n: 140, d: 200, t: 0.7, notation: 'increase', left: 0, why: 'exactly at target is met' },
    { n: 0, d: 3, t: 0.7, notation: 'increase', left: 3, why: '2.1 patients are three patients' },
    { n: 6, d: 10, t: 0.7, notation: 'increase', left: 1, why: '0.7 · 10 is 7, not 7.000000000000001' },
    {
      n: 57,
      d: 100,
      t: 0.57,
      notation: 'increase',
      left: 0,
      why: '0.57 · 100 is 56.99999999999999 in floats',
    },
    // lower is better: max(0, n − floor(t·D))
    { n: 30, d: 200, t: 0.2, notation: 'decrease', left: 0, why: '40 would still be met' },
    { n: 41, d: 200, t: 0.2, notation: 'decrease', left: 1, why: 'one above 40' },
    { n: 3, d: 3, t: 0.5, notation: 'decrease', left: 2, why: 'at most 1.5 patients is at most one' },
    {
      n: 29,
      d: 100,
      t: 0.29,
      notation: 'decrease',
      left: 0,
      why: '0.29 · 100 is 28.999999999999996 in floats',
    },
  ] as const)('$notation $n of $d against $t: $left ($why)', ({ n, d, t, notation, left }) => {
    expect(comparePerformance(n, d, t, notation)).toEqual({
      target: t,
      met: left === 0,
      patientsToTarget: left,
    });
  });

  it.each([-0.1, 1.01, Number.NaN, 0.12345678])('refuses %p as a target', (target) => {
    expect(() => comparePerformance(1, 2, target, 'increase')).toThrow('a target is a proportion');
  });
});
