import type { MeasureReport, MeasureReportGroup, MeasureReportGroupPopulation } from 'fhir/r4';
import { populationCodes, type GroupDefinition, type PopulationCode } from '../definition/definition';
import { codeOf } from '../definition/extensions';
import { observationCodes } from '../definition/read-populations';
import type { PopulationCounts } from '../populations/counts';

/** What a case's MeasureReport expects of one group, in the shape in which results are compared. */
export interface GroupExpectation {
  populations: PopulationCounts;
  /** Values of the observed episodes by observation id, in no order. */
  observations: Map<string, number[]>;
  /** Counts of those who meet a stratifier, by stratifier id. */
  strata: Map<string, PopulationCounts>;
}

/** The same, read from a report. */
export interface ReportedGroup extends GroupExpectation {
  /** The report repeats the group's counts in every stratum: it states nothing of strata, and `strata` is empty. */
  undividedStrata: boolean;
}

/**
 * Reads one group of an individual MeasureReport as MADiE writes it. `measureScore` is a placeholder there. An
 * observation has an entry per observed episode, whose id is the observation's id and a number. A Boolean stratifier
 * has strata "true" and "false", and "false" only repeats 1 − true of each population: it says nothing and is not read.
 * Where the author of a case filled in no strata, some versions of MADiE wrote the group's counts into all of them.
 */
export function readExpectation(reported: MeasureReportGroup, group: GroupDefinition): ReportedGroup {
  const observations = new Map<string, number[]>(group.observations.map(({ id }) => [id, []]));
  for (const population of reported.population ?? []) {
    if (!observationCodes.includes(codeOf(population.code) ?? '')) continue;
    const observed =
      group.observations.find(({ id }) => population.id === id || population.id?.startsWith(`${id}_`)) ??
      (group.observations.length === 1 ? group.observations[0] : undefined);
    const id = observed?.id ?? population.id ?? 'measure-observation';
    observations.set(id, [...(observations.get(id) ?? []), population.count ?? 0]);
  }
  const strata = new Map<string, PopulationCounts>();
  for (const [index, stratifier] of (reported.stratifier ?? []).entries()) {
    const id = stratifier.id ?? group.stratifiers[index]?.id ?? `stratifier-${index + 1}`;
    const stratum = (stratifier.stratum ?? []).find(({ value }) => value?.text !== 'false');
    if (stratum) strata.set(id, countsOf(stratum.population));
  }
  const populations = countsOf(reported.population);
  const undividedStrata =
    strata.size > 1 && [...strata.values()].every((counts) => repeats(counts, populations));
  return {
    populations,
    observations,
    strata: undividedStrata ? new Map<string, PopulationCounts>() : strata,
    undividedStrata,
  };
}

/** Are the counts of a stratum the group's, and not all 0? */
function repeats(stratum: PopulationCounts, group: PopulationCounts): boolean {
  const counts = Object.entries(stratum) as [PopulationCode, number][];
  return counts.some(([, count]) => count > 0) && counts.every(([code, count]) => group[code] === count);
}

/** First and last day of the report's period; the CQL default is not what cases were written for. */
export function periodOf(report: MeasureReport): { start: string; end: string } | undefined {
  const { start, end } = report.period;
  return start && end ? { start: start.slice(0, 10), end: end.slice(0, 10) } : undefined;
}

/** Counts by code. Some reports repeat the populations inside a stratum for a second time; the first count is meant. */
function countsOf(populations: readonly MeasureReportGroupPopulation[] | undefined): PopulationCounts {
  const counts: PopulationCounts = {};
  for (const { code, count } of populations ?? []) {
    const known = populationCodes.find(
      (candidate): candidate is PopulationCode => candidate === codeOf(code),
    );
    if (known) counts[known] ??= count ?? 0;
  }
  return counts;
}
