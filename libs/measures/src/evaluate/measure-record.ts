import type { Measure } from 'fhir/r4';
import type { BoundValueSet } from '@catchment/terminology';
import type { MeasureRecord } from '@catchment/warehouse';
import type { CompiledMeasure } from './compile-measure';
import { retrievesOf } from './retrieves';

/** What results and marts say about an evaluated measure: its texts, groups, value sets and retrieves. */
export function measureRecord(
  measure: Measure,
  origin: MeasureRecord['origin'],
  compiled: CompiledMeasure,
  bound: readonly BoundValueSet[],
): MeasureRecord {
  const { definition, library } = compiled;
  const first = definition.groups[0]!;
  return {
    measureId: definition.id,
    canonical: definition.canonical,
    version: definition.version,
    name: definition.name,
    title: definition.title,
    description: measure.description,
    scoring: first.scoring,
    populationBasis: first.populationBasis,
    improvementNotation: first.improvementNotation,
    guideline: measure.clinicalRecommendationStatement ?? measure.guidance,
    rationale: measure.rationale,
    copyright: measure.copyright,
    disclaimer: measure.disclaimer,
    origin,
    library: library.id,
    groups: definition.groups.map((group) => ({
      groupId: group.id,
      title: group.title,
      scoring: group.scoring,
      populationBasis: group.populationBasis,
      improvementNotation: group.improvementNotation,
      populations: group.populations.map(({ code, define }) => ({ code, define })),
    })),
    valueSets: bound.map(({ canonical, version, title, origin: from, codes }) => ({
      canonical,
      version: version ?? undefined,
      title: title ?? undefined,
      origin: from,
      codes,
    })),
    retrieves: retrievesOf(compiled),
  };
}
