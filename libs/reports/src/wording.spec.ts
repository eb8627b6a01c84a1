import { dateText, distanceText, percentText, pointsText, rateText, targetText } from './wording';
import { comparePerformance } from './target';

describe('rates', () => {
  it.each([
    [0.695, '69.5 %'],
    [0.9996, '99.9 %'],
    [1, '100.0 %'],
    [0.0004, '0.1 %'],
    [0, '0.0 %'],
  ])('%p reads %p', (proportion, text) => {
    expect(percentText(proportion)).toBe(text);
  });

  it.each([
    [{ kind: 'no-denominator' }, 'no denominator'],
    [{ kind: 'not-evaluated' }, 'not evaluated'],
    [{ kind: 'no-rate', scoring: 'cohort' }, 'no rate (cohort)'],
  ] as const)('%j is never a number', (rate, text) => {
    expect(rateText(rate)).toBe(text);
    expect(rateText(rate)).not.toMatch(/\d/);
  });
});

it('turns target and distance round where lower is better', () => {
  expect(targetText(0.2, 'decrease')).toBe('≤ 20.0 %');
  expect(targetText(0.7, 'increase')).toBe('≥ 70.0 %');
  expect(targetText(null, 'increase')).toBe('none set');
  expect(distanceText(comparePerformance(41, 200, 0.2, 'decrease'), 'decrease')).toBe('1 fewer');
  expect(distanceText(comparePerformance(139, 200, 0.7, 'increase'), 'increase')).toBe('1 more');
  expect(distanceText(comparePerformance(140, 200, 0.7, 'increase'), 'increase')).toBe('met');
  expect(distanceText(null, 'increase')).toBe('–');
});

it('signs changes, and shows a standstill as one', () => {
  const change = { since: '2026-10-31', patients: 0, better: null };
  expect(pointsText({ ...change, points: 1.234 })).toBe('+1.2 pt');
  expect(pointsText({ ...change, points: -1.5 })).toBe('−1.5 pt');
  expect(pointsText({ ...change, points: -0.001 })).toBe('±0.0 pt');
  expect(pointsText(null)).toBe('–');
});

it('dates are of the day itself, in any time zone', () => {
  expect(dateText('2026-12-31')).toBe('Dec 31, 2026');
  expect(dateText('2026-11-19T23:00:00Z')).toBe('Nov 19, 2026');
});
