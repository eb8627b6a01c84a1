import { Diagnostic } from '@catchment/platform';
import type { Scope } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';
import { isEverybody, readScopedNumbers } from './scoped-marts';
import type { MeasureDefinition, Publication } from './scorecard-report';
import type { ImprovementNotation } from '@catchment/gaps';

/** A row of `main.scorecard` (docs/data-model.md). */
export interface ScorecardMart {
  measure_id: string;
  group_id: string;
  dimension: string;
  member_id: string | null;
  member_label: string | null;
  initial_population: number;
  denominator: number | null;
  denominator_exclusion: number | null;
  denominator_exception: number | null;
  numerator: number | null;
  numerator_exclusion: number | null;
  performance_denominator: number | null;
  performance_numerator: number | null;
  performance_rate: number | null;
  open_gaps: number | null;
}

export interface TrendMart {
  measure_id: string;
  group_id: string;
  period_end: string;
  performance_denominator: number | null;
  performance_numerator: number | null;
  performance_rate: number | null;
}

export interface MeasureGroupMart {
  measure_id: string;
  group_id: string;
  title: string | null;
  scoring: string;
  improvement_notation: ImprovementNotation;
  /** Codes of the populations that the group defines. */
  populations: string[];
}

/** Everything that a scorecard report reads from one published marts file. */
export interface ScorecardMarts {
  publication: Publication;
  measures: MeasureDefinition[];
  groups: MeasureGroupMart[];
  /** The measures that the run evaluated, also those that nobody is in. */
  evaluated: { measure_id: string }[];
  scorecard: ScorecardMart[];
  trend: TrendMart[];
}

/**
 * Reads a published marts file. All queries run on one connection to one immutable file, so that the numbers
 * belong to one run.
 * @param scope whose patients the report may count
 * @throws Diagnostic when the file holds no publication.
 */
export async function readScorecardMarts(marts: Connection, scope: Scope): Promise<ScorecardMarts> {
  const publication = await marts.first<Publication>(PUBLICATION);
  if (!publication) {
    throw new Diagnostic('the marts file holds no publication: evaluate the measures, then report');
  }
  const numbers = isEverybody(scope)
    ? {
        patients: publication.patients,
        scorecard: await marts.rows<ScorecardMart>(SCORECARD),
        trend: await marts.rows<TrendMart>(TREND),
      }
    : await readScopedNumbers(marts, scope);
  return {
    publication: { ...publication, patients: numbers.patients },
    measures: await marts.rows<MeasureDefinition>(MEASURES),
    groups: await marts.rows<MeasureGroupMart>(GROUPS),
    evaluated: await marts.rows(EVALUATED),
    scorecard: numbers.scorecard,
    trend: numbers.trend,
  };
}

const PUBLICATION = `
    select
        run_id as "runId",
        strftime(cast(published_at as timestamp), '%Y-%m-%dT%H:%M:%SZ') as "publishedAt",
        strftime(cast(data_as_of as timestamp), '%Y-%m-%dT%H:%M:%SZ') as "dataAsOf",
        strftime(cast(period_start as date), '%Y-%m-%d') as "periodStart",
        strftime(cast(period_end as date), '%Y-%m-%d') as "periodEnd",
        content_hash as "contentHash",
        engine_version as "engineVersion",
        cast(patients as bigint) as patients
    from publication`;

const MEASURES = `
    select
        measure_id as "measureId",
        canonical,
        version,
        name,
        coalesce(title, name) as title,
        description,
        scoring,
        improvement_notation as "improvementNotation",
        guideline,
        rationale,
        copyright,
        disclaimer,
        origin
    from measure
    order by coalesce(title, name), measure_id`;

const GROUPS = `
    select measure_id, group_id, title, scoring, improvement_notation, populations
    from measure_group
    order by measure_id, group_id`;

// Every evaluated measure has a table of its defines' results, whether anybody is in its populations or not.
const EVALUATED = `
    select measure_id
    from measure
    where exists (
        select * from duckdb_tables() as t
        where t.schema_name = 'main' and t.table_name = 'define_result_' || measure_id
    )`;

const SCORECARD = `
    select
        measure_id,
        group_id,
        dimension,
        cast(member_id as varchar) as member_id,
        member_label,
        initial_population,
        denominator,
        denominator_exclusion,
        denominator_exception,
        numerator,
        numerator_exclusion,
        performance_denominator,
        performance_numerator,
        performance_rate,
        cast(open_gaps as bigint) as open_gaps
    from scorecard
    where dimension in ('all', 'site', 'provider')
    order by dimension, member_label, member_id, measure_id, group_id`;

const TREND = `
    select
        measure_id,
        group_id,
        strftime(cast(period_end as date), '%Y-%m-%d') as period_end,
        performance_denominator,
        performance_numerator,
        performance_rate
    from trend
    order by measure_id, group_id, period_end`;
