import { Diagnostic } from '@catchment/platform';
import { applyDependency } from './populations';

const all = new Set(['subject']);
const none = new Set<string>();

const counts = (scoring: string, criteria: Record<string, ReadonlySet<string>>) =>
  Object.fromEntries(
    [...applyDependency(scoring, new Map(Object.entries(criteria)))].map(([code, members]) => [
      code,
      members.size,
    ]),
  );

describe('population dependency', () => {
  it('counts nothing outside the initial population', () => {
    expect(counts('proportion', { 'initial-population': none, denominator: all, numerator: all })).toEqual({
      'initial-population': 0,
      denominator: 0,
      numerator: 0,
    });
  });

  it('lets the exclusion beat the numerator, and both beat the exception', () => {
    const criteria = {
      'initial-population': all,
      denominator: all,
      numerator: all,
      'denominator-exception': all,
    };
    expect(counts('proportion', { ...criteria, 'denominator-exclusion': all })).toEqual({
      'initial-population': 1,
      denominator: 1,
      'denominator-exclusion': 1,
      numerator: 0,
      'denominator-exception': 0,
    });
    expect(counts('proportion', { ...criteria, 'denominator-exclusion': none })).toEqual({
      'initial-population': 1,
      denominator: 1,
      'denominator-exclusion': 0,
      numerator: 1,
      'denominator-exception': 0,
    });
  });

  it('keeps the numerator of a ratio when its denominator is excluded', () => {
    expect(
      counts('ratio', {
        'initial-population': all,
        denominator: all,
        'denominator-exclusion': all,
        numerator: all,
        'numerator-exclusion': none,
      }),
    ).toEqual({
      'initial-population': 1,
      denominator: 1,
      'denominator-exclusion': 1,
      numerator: 1,
      'numerator-exclusion': 0,
    });
  });

  it('counts episodes one by one', () => {
    expect(
      counts('continuous-variable', {
        'initial-population': new Set(['Encounter/1', 'Encounter/2']),
        'measure-population': new Set(['Encounter/2', 'Encounter/3']),
        'measure-population-exclusion': new Set(['Encounter/1']),
      }),
    ).toEqual({ 'initial-population': 2, 'measure-population': 1, 'measure-population-exclusion': 0 });
  });

  it('refuses what the measure flow does not know', () => {
    expect(() => counts('proportion', { 'measure-population': all })).toThrow(Diagnostic);
    expect(() => counts('composite', {})).toThrow('unknown scoring "composite"');
  });
});
