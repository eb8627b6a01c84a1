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

export interface Comparison {
  failures: Failure[];
  /** Some group's strata were not compared, because the report does not divide them. */
  undividedStrata: boolean;
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
): Comparison {
  const failures: Failure[] = [];
  let undividedStrata = false;
  const groups = report.group ?? [];
  if (groups.length === 0)
    failures.push(failure(name, '', '', 'at least one group', 'a report without groups'));
  for (const [index, reported] of groups.entries()) {
    const id = reported.id ?? definition.groups[index]?.id ?? '';
    const group = definition.groups.find((candidate) => candidate.id === id);
    const result = actual.get(id);
    if (!group || !result) {
      failures.push(failure(name, id, '', 'a group of this id', 'the measure has none'));
      continue;
    }
    const expectation = readExpectation(reported, group);
    undividedStrata ||= expectation.undividedStrata;
    for (const [population, expected, found] of groupDifferences(expectation, result)) {
      failures.push(failure(name, id, population, expected, found));
    }
  }
  return { failures, undividedStrata };
}

type Difference = readonly [population: string, expected: Failure['expected'], actual: Failure['actual']];

function failure(
  name: string,
  group: string,
  population: string,
  expected: Failure['expected'],
  actual: Failure['actual'],
): Failure {
  return { case: name, group, population, expected, actual };
}

function groupDifferences(expectation: GroupExpectation, result: GroupExpectation): Difference[] {
  return [
    ...differences(expectation.populations, result.populations, ''),
    ...[...expectation.observations].flatMap(([observation, values]): Difference[] => {
      const found = result.observations.get(observation) ?? [];
      return sameMultiset(values, found) ? [] : [[observation, sorted(values), sorted(found)]];
    }),
    ...[...expectation.strata].flatMap(([stratifier, counts]) =>
      differences(counts, result.strata.get(stratifier) ?? {}, `${stratifier} `),
    ),
  ];
}

function differences(expected: PopulationCounts, actual: PopulationCounts, prefix: string): Difference[] {
  return (Object.entries(expected) as [PopulationCode, number][]).flatMap(([code, count]) => {
    const found = actual[code] ?? 'not in the measure';
    return found === count ? [] : [[`${prefix}${code}`, count, found]];
  });
}

function sameMultiset(expected: readonly number[], actual: readonly number[]): boolean {
  const [left, right] = [sorted(expected), sorted(actual)];
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((left, right) => left - right);
}
