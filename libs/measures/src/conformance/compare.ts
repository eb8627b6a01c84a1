import type { MeasureReport } from 'fhir/r4';
import type { MeasureDefinition, PopulationCode } from '../definition/definition';
import type { PopulationCounts } from '../populations/counts';
import { readExpectation, type GroupExpectation } from './expectation';

/** One comparison that does not hold. `population` also names observations and strata. */
export interface Failure {
  case: string;
  group: string;
  population: string;
  expected: number | number[] | string;
  actual: number | number[] | string;
}

/**
 * Compares a case's results with its report: groups by id; populations by code; observations as multisets; strata by
 * stratifier id. What the report does not state is not compared.
 */
export function compareCase(
  name: string,
  report: MeasureReport,
  definition: MeasureDefinition,
  actual: ReadonlyMap<string, GroupExpectation>,
): Failure[] {
  const groups = report.group ?? [];
  if (groups.length === 0) {
    return [
      {
        case: name,
        group: '',
        population: '',
        expected: 'at least one group',
        actual: 'a report without groups',
      },
    ];
  }
  return groups.flatMap((reported, index) => {
    const id = reported.id ?? definition.groups[index]?.id ?? '';
    const group = definition.groups.find((candidate) => candidate.id === id);
    const result = actual.get(id);
    const failure = (
      population: string,
      expected: Failure['expected'],
      found: Failure['actual'],
    ): Failure => ({
      case: name,
      group: id,
      population,
      expected,
      actual: found,
    });
    if (!group || !result) return [failure('', 'a group of this id', 'the measure has none')];
    const expectation = readExpectation(reported, group);
    return [
      ...differences(expectation.populations, result.populations, ''),
      ...[...expectation.observations].flatMap(([observation, values]) => {
        const found = result.observations.get(observation) ?? [];
        return sameMultiset(values, found) ? [] : [[observation, sorted(values), sorted(found)] as const];
      }),
      ...[...expectation.strata].flatMap(([stratifier, counts]) =>
        differences(counts, result.strata.get(stratifier) ?? {}, `${stratifier} `),
      ),
    ].map(([population, expected, found]) => failure(population, expected, found));
  });
}

function differences(
  expected: PopulationCounts,
  actual: PopulationCounts,
  prefix: string,
): (readonly [string, number, number | string])[] {
  return (Object.entries(expected) as [PopulationCode, number][]).flatMap(([code, count]) => {
    const found = actual[code] ?? 'not in the measure';
    return found === count ? [] : [[`${prefix}${code}`, count, found] as const];
  });
}

function sameMultiset(expected: readonly number[], actual: readonly number[]): boolean {
  const [left, right] = [sorted(expected), sorted(actual)];
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((left, right) => left - right);
}
