import type { Measure } from 'fhir/r4';
import type { CodeSetNumbers, ProfileMode } from '@catchment/cql';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import type { ElementFacts } from '@catchment/fhir';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';
import { readDefinition } from '../definition/read-definition';
import { listMeasures, readPackage, type MeasurePackage } from '../packages';
import { compileMeasure, type CompiledMeasure } from './compile-measure';
import type { MeasurementPeriod } from './measurement-period';
import type { FailedMeasure } from './run-outcome';

export interface PrepareRequest {
  dataDir: string;
  /** Ids of imported measures, or all. */
  measureIds: readonly string[] | 'all';
  period: MeasurementPeriod;
  evaluatedAt: string;
  profileMode?: ProfileMode;
  /** What is known of the stored data (`readElementFacts`); nothing when absent. */
  facts?: ElementFacts;
  /** So that the SQL of what the measures have in common is the same text. */
  codeSetNumbers?: CodeSetNumbers;
}

/** A measure that is ready to run. */
export interface PreparedMeasure {
  measure: Measure;
  origin: MeasurePackage['origin'];
  compiled: CompiledMeasure;
  /** The same without supplemental data; absent where it has none already. */
  withoutSupplementalData?: () => PreparedMeasure;
}

/**
 * Reads and compiles measures of the package store, each by itself: what is wrong with one is its own failure.
 * @throws Diagnostic when all are asked for and none is imported.
 */
export function prepareMeasures(request: PrepareRequest): {
  prepared: PreparedMeasure[];
  failed: FailedMeasure[];
} {
  const ids =
    request.measureIds === 'all'
      ? [...new Set(listMeasures(request.dataDir).map(({ measureId }) => measureId))]
      : [...new Set(request.measureIds)];
  if (ids.length === 0) throw new Diagnostic('there are no measures to evaluate: import some first');
  const parsed = new Map<string, ElmLibrary>();
  const prepared: PreparedMeasure[] = [];
  const failed: FailedMeasure[] = [];
  for (const measureId of ids) {
    let found: MeasurePackage | undefined;
    try {
      found = readPackage(request.dataDir, measureId, undefined, parsed);
      prepared.push(prepare(found, request));
    } catch (error) {
      failed.push({
        state: 'failed',
        measureId,
        version: found?.version,
        title: found?.measure.title,
        reason: failureReason(error),
      });
    }
  }
  return { prepared, failed };
}

function prepare(found: MeasurePackage, request: PrepareRequest): PreparedMeasure {
  const { primaryLibrary, libraries, measure, origin } = found;
  const asked = {
    definition: readDefinition(measure),
    library: readLibraries(primaryLibrary.id, libraries, primaryLibrary.version),
    period: request.period,
    evaluatedAt: request.evaluatedAt,
    profileMode: request.profileMode,
    facts: request.facts,
    codeSetNumbers: request.codeSetNumbers,
  };
  const compiled = compileMeasure(asked);
  if (compiled.definition.supplementalData.length === 0) return { measure, origin, compiled };
  return {
    measure,
    origin,
    compiled,
    withoutSupplementalData: () => ({
      measure,
      origin,
      compiled: compileMeasure({ ...asked, supplementalData: false }),
    }),
  };
}

/**
 * The reason for which a measure fails, for people.
 * @throws the error itself when it is none of the three kinds of failure.
 */
export function failureReason(error: unknown): string {
  if (error instanceof Diagnostic || error instanceof Unsupported) return error.message;
  if (error instanceof Defect) return `this is a bug of Catchment: ${error.message}`;
  throw error;
}
