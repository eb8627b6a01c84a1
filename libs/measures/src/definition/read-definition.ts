import type { Measure, MeasureGroup } from 'fhir/r4';
import { Unsupported } from '@catchment/platform';
import {
  scorings,
  type GroupDefinition,
  type ImprovementNotation,
  type MeasureDefinition,
  type Scoring,
} from './definition';
import { codeOf, extensionCode } from './extensions';
import { Place } from './place';
import { readObservations } from './read-observations';
import { defineName, readPopulations } from './read-populations';
import { readStratifiers } from './read-stratifiers';

/**
 * Reads a FHIR Measure. Scoring, population basis and improvement notation may stand at the group (extensions of the
 * CQF measures guide) or at the measure; the group wins.
 *
 * @throws Diagnostic naming measure, group and population for what is missing, contradictory or unknown;
 * Unsupported for composite measures.
 */
export function readDefinition(measure: Measure): MeasureDefinition {
  const id = measure.id ?? measure.name ?? '';
  const place = Place.measure(id || '(without id)');
  if (!id) throw place.wrong('it has neither id nor name');
  const [library, ...others] = measure.library ?? [];
  if (!library) throw place.wrong('it names no library');
  if (others.length > 0)
    throw place.wrong(`it names ${others.length + 1} libraries, where one must hold its defines`);
  if (!measure.group?.length) throw place.wrong('it has no group');

  const [canonical, version] = splitCanonical(library);
  const warnings: string[] = [];
  const groups = measure.group.map((group, index) => readGroup(measure, group, index, place, warnings));
  const repeated = groups.find(
    (group, index) => groups.findIndex((other) => other.id === group.id) !== index,
  );
  if (repeated) throw place.wrong(`two groups have the id ${repeated.id}`);
  return {
    id,
    canonical: splitCanonical(measure.url ?? id)[0],
    version: measure.version ?? '',
    name: measure.name ?? id,
    title: measure.title ?? measure.name ?? id,
    library: canonical.split('/').at(-1)!,
    libraryVersion: version,
    groups,
    supplementalData: readSupplementalData(measure, place),
    warnings,
  };
}

function readGroup(
  measure: Measure,
  group: MeasureGroup,
  index: number,
  measurePlace: Place,
  warnings: string[],
): GroupDefinition {
  const id = group.id ?? `Group_${index + 1}`;
  const place = measurePlace.group(id);
  const scoring = readScoring(measure, group, place);
  const populations = readPopulations(group, scoring, place);
  return {
    id,
    title: codeText(group),
    scoring,
    populationBasis:
      extensionCode(group, 'populationBasis') ?? extensionCode(measure, 'populationBasis') ?? 'boolean',
    improvementNotation: readImprovementNotation(measure, group, place),
    populations,
    observations: readObservations(group, scoring, populations, place, warnings),
    stratifiers: readStratifiers(group, place, warnings),
  };
}

function readScoring(measure: Measure, group: MeasureGroup, place: Place): Scoring {
  const code =
    extensionCode(group, 'scoring') ?? codeOf(measure.scoring) ?? extensionCode(measure, 'scoring');
  if (!code) throw place.wrong('neither the group nor the measure says its scoring');
  if (code === 'composite') throw new Unsupported(`composite scoring (${place.toString()})`);
  const scoring = scorings.find((known) => known === code);
  if (!scoring) throw place.wrong(`unknown scoring "${code}"; known are ${scorings.join(', ')}`);
  return scoring;
}

/** A measure without notation is one where more is better, as FHIR's examples have it. */
function readImprovementNotation(measure: Measure, group: MeasureGroup, place: Place): ImprovementNotation {
  const code =
    extensionCode(group, 'improvementNotation') ??
    codeOf(measure.improvementNotation) ??
    extensionCode(measure, 'improvementNotation') ??
    'increase';
  if (code !== 'increase' && code !== 'decrease') throw place.wrong(`unknown improvement notation "${code}"`);
  return code;
}

function readSupplementalData(measure: Measure, place: Place): MeasureDefinition['supplementalData'] {
  return (measure.supplementalData ?? []).map((data, index) => {
    const id = data.id ?? `supplemental-data-${index + 1}`;
    const usages = (data.usage ?? []).map((usage) => codeOf(usage));
    return {
      id,
      define: defineName(data.criteria, place.supplementalData(id)),
      usage: usages.includes('risk-adjustment-factor') ? 'risk-adjustment-factor' : 'supplemental-data',
    };
  });
}

function codeText(group: MeasureGroup): string | undefined {
  return (
    group.code?.text ?? group.code?.coding?.find((coding) => coding.display)?.display ?? group.description
  );
}

function splitCanonical(canonical: string): [string, string | undefined] {
  const [url, version] = canonical.split('|');
  return [url!, version];
}
