import type { Connection } from '@catchment/warehouse';
import type { ImprovementNotation, MeasureMeta, PopulationCode, Scoring } from '../contract';

/** A group of a published measure. */
export interface MeasureGroup {
  measureId: string;
  groupId: string;
  title: string | null;
  scoring: Scoring;
  populationBasis: string;
  improvementNotation: ImprovementNotation;
  /** The populations that the group defines. */
  populations: PopulationCode[];
}

/** Every published measure, by title. */
export async function readMeasures(connection: Connection): Promise<MeasureMeta[]> {
  return connection.rows<MeasureMeta>(
    `select
        measure_id as "measureId",
        canonical as "canonical",
        version as "version",
        name as "name",
        coalesce(title, name) as "title",
        description as "description",
        scoring as "scoring",
        population_basis as "populationBasis",
        improvement_notation as "improvementNotation",
        guideline as "guideline",
        rationale as "rationale",
        copyright as "copyright",
        disclaimer as "disclaimer",
        origin as "origin"
    from measure
    order by coalesce(title, name), measure_id`,
  );
}

/** Every group of every published measure. */
export async function readGroups(connection: Connection): Promise<MeasureGroup[]> {
  return connection.rows<MeasureGroup>(
    `select
        measure_id as "measureId",
        group_id as "groupId",
        title as "title",
        scoring as "scoring",
        population_basis as "populationBasis",
        improvement_notation as "improvementNotation",
        populations as "populations"
    from measure_group
    order by measure_id, group_id`,
  );
}
