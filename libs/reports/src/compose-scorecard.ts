import { Defect } from '@catchment/platform';
import type { ScorecardMart, ScorecardMarts } from './scorecard-marts';
import type {
  MeasureDefinition,
  MeasureGroup,
  MemberRates,
  PopulationCounts,
  Rate,
  ScorecardReport,
  ScorecardRow,
} from './scorecard-report';
import { comparePerformance, type TargetPosition } from './target';
import { lastThirteenMonths, latestChange } from './trend';

/** A target that people set: for the organisation, or (with `siteId`) for one site. */
export interface MeasureTarget {
  measureId: string;
  /** Absent: for every group of the measure. */
  groupId?: string | null;
  siteId?: string | null;
  /** 0…1 */
  target: number;
}

export interface ScorecardOptions {
  title: string;
  generatedAt: Date;
  targets: readonly MeasureTarget[];
}

/**
 * Makes the report's data from what the marts hold. Pure: the same input gives the same report.
 * @throws Defect when counts and rates of the marts contradict each other: a wrong number must not leave the house.
 */
export function composeScorecard(marts: ScorecardMarts, options: ScorecardOptions): ScorecardReport {
  const groups = measureGroups(marts);
  const evaluated = new Set(marts.evaluated.map((row) => row.measure_id));
  const inDimension = (dimension: string) => marts.scorecard.filter((row) => row.dimension === dimension);
  const overall = byGroup(inDimension('all'));
  const latestMonth = marts.trend
    .reduce((latest, { period_end }) => maximum(latest, period_end), '')
    .slice(0, 7);

  const rows = groups.map((reported): ScorecardRow => {
    const { group, measure } = reported;
    const target = findTarget(options.targets, group);
    const trend = marts.trend.filter((point) => isOf(point, group));
    return {
      ...group,
      name: measure.name,
      version: measure.version,
      target,
      ...performance(overall.get(groupKey(group)), reported, target, evaluated),
      trend: trend.length === 0 ? [] : lastThirteenMonths(trend, latestMonth),
      change: latestChange(trend, latestMonth, group.improvementNotation),
    };
  });

  const members = (dimension: string): MemberRates[] =>
    memberList(inDimension(dimension)).map(({ memberId, label, scorecard }) => ({
      memberId,
      label,
      rows: groups.map((reported) => {
        const { group } = reported;
        const site = dimension === 'site' ? memberId : undefined;
        const target = findTarget(options.targets, group, site);
        return {
          ...group,
          target,
          ...performance(scorecard.get(groupKey(group)), reported, target, evaluated),
        };
      }),
    }));

  return {
    title: options.title,
    generatedAt: options.generatedAt.toISOString(),
    publication: marts.publication,
    rows,
    sites: members('site'),
    providers: members('provider'),
    measures: marts.measures,
  };
}

interface ReportedGroup {
  group: MeasureGroup;
  measure: MeasureDefinition;
  scoring: string;
  populations: string[];
}

/** Every group of every measure, in the order of the measures' titles; a measure without groups has no row to lose. */
function measureGroups(marts: ScorecardMarts): ReportedGroup[] {
  return marts.measures.flatMap((measure) => {
    const groups = marts.groups.filter((group) => group.measure_id === measure.measureId);
    if (groups.length === 0) throw new Defect(`measure ${measure.measureId} has no group in the marts`);
    return groups.map((group) => ({
      group: {
        measureId: measure.measureId,
        groupId: group.group_id,
        title: groups.length > 1 ? `${measure.title}: ${group.title ?? group.group_id}` : measure.title,
        improvementNotation: group.improvement_notation ?? measure.improvementNotation,
      },
      measure,
      scoring: group.scoring ?? measure.scoring,
      populations: group.populations,
    }));
  });
}

interface Performance {
  counts: PopulationCounts | null;
  rate: Rate;
  position: TargetPosition | null;
  openGaps: number | null;
}

/** The scorecard has rows only where somebody is in the initial population. */
function performance(
  row: ScorecardMart | undefined,
  { group, scoring, populations }: ReportedGroup,
  target: number | null,
  evaluated: ReadonlySet<string>,
): Performance {
  if (!row) {
    return evaluated.has(group.measureId)
      ? { counts: nobody(populations), rate: { kind: 'no-denominator' }, position: null, openGaps: 0 }
      : { counts: null, rate: { kind: 'not-evaluated' }, position: null, openGaps: null };
  }
  const counts = populationCounts(row);
  const rate = performanceRate(row, scoring);
  const position =
    rate.kind === 'rate' && target !== null
      ? comparePerformance(
          row.performance_numerator ?? 0,
          row.performance_denominator ?? 0,
          target,
          group.improvementNotation,
        )
      : null;
  return { counts, rate, position, openGaps: row.open_gaps };
}

function performanceRate(row: ScorecardMart, scoring: string): Rate {
  if (scoring !== 'proportion' && scoring !== 'ratio') return { kind: 'no-rate', scoring };
  const {
    performance_denominator: denominator,
    performance_numerator: numerator,
    performance_rate: rate,
  } = row;
  if (denominator === null || numerator === null) throw contradiction(row, 'a rate measure without counts');
  if (denominator === 0) {
    if (rate !== null) throw contradiction(row, 'a rate without a denominator');
    return { kind: 'no-denominator' };
  }
  if (rate === null) throw contradiction(row, 'a denominator without a rate');
  if (Math.abs(rate - numerator / denominator) > 1e-9)
    throw contradiction(row, 'rate is not numerator ÷ denominator');
  if (row.denominator !== null && row.denominator > row.initial_population) {
    throw contradiction(row, 'denominator larger than the initial population');
  }
  return { kind: 'rate', value: rate };
}

function contradiction(row: ScorecardMart, what: string): Defect {
  return new Defect(
    `scorecard of measure ${row.measure_id}, group ${row.group_id}, ${row.dimension}: ${what}; the report is not made`,
  );
}

/** Counts of a group that nobody is in: zero for what it defines, null for what it does not. */
function nobody(populations: readonly string[]): PopulationCounts {
  const zero = (code: string) => (populations.includes(code) ? 0 : null);
  return {
    initialPopulation: 0,
    denominator: zero('denominator'),
    denominatorExclusion: zero('denominator-exclusion'),
    denominatorException: zero('denominator-exception'),
    numerator: zero('numerator'),
    numeratorExclusion: zero('numerator-exclusion'),
    performanceDenominator: zero('denominator'),
    performanceNumerator: zero('numerator'),
  };
}

function populationCounts(row: ScorecardMart): PopulationCounts {
  return {
    initialPopulation: row.initial_population,
    denominator: row.denominator,
    denominatorExclusion: row.denominator_exclusion,
    denominatorException: row.denominator_exception,
    numerator: row.numerator,
    numeratorExclusion: row.numerator_exclusion,
    performanceDenominator: row.performance_denominator,
    performanceNumerator: row.performance_numerator,
  };
}

/** The narrowest target that fits: site before organisation, group before measure. */
function findTarget(targets: readonly MeasureTarget[], group: MeasureGroup, siteId?: string): number | null {
  const width = (target: MeasureTarget) => (target.siteId ? 0 : 2) + (target.groupId ? 0 : 1);
  const fitting = targets
    .filter((target) => target.measureId === group.measureId)
    .filter((target) => !target.groupId || target.groupId === group.groupId)
    .filter((target) => !target.siteId || target.siteId === siteId)
    .sort((one, other) => width(one) - width(other));
  return fitting[0]?.target ?? null;
}

interface Member {
  memberId: string;
  label: string;
  scorecard: Map<string, ScorecardMart>;
}

function memberList(rows: readonly ScorecardMart[]): Member[] {
  const ids = [...new Set(rows.map((row) => row.member_id))];
  return ids.map((id) => {
    const own = rows.filter((row) => row.member_id === id);
    return {
      memberId: id ?? '',
      label: own[0]?.member_label ?? id ?? 'not attributed',
      scorecard: byGroup(own),
    };
  });
}

function byGroup(rows: readonly ScorecardMart[]): Map<string, ScorecardMart> {
  return new Map(rows.map((row) => [groupKey({ measureId: row.measure_id, groupId: row.group_id }), row]));
}

function isOf(row: { measure_id: string; group_id: string }, group: MeasureGroup): boolean {
  return row.measure_id === group.measureId && row.group_id === group.groupId;
}

function groupKey(group: { measureId: string; groupId: string }): string {
  return JSON.stringify([group.measureId, group.groupId]);
}

function maximum(one: string, other: string): string {
  return one > other ? one : other;
}
