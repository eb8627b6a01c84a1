import { setImmediate } from 'node:timers/promises';
import { Diagnostic } from '@catchment/platform';
import { dayOf, firstDayOf, yearOf } from './calendar';
import { writeDirectory } from './directory';
import { NdjsonOutput } from './ndjson-output';
import { writePatient } from './patient';
import type { Frame } from './person';
import { seedNumber } from './random';

export interface PopulationOptions {
  /** Number of patients, 1 to 100 million. */
  patients: number;
  /** Same seed, same bytes. */
  seed: number | string;
  /** Folder for the NDJSON files, one per resource type; made when it does not exist. */
  outDir: string;
  /** Last day of the measurement period that the population is made for; default 2026-12-31. */
  periodEnd?: string;
  /** The day the data are of: nothing is recorded after it but what is planned; default 2026-11-01. */
  asOf?: string;
  /** Splits each type into files of at most about so many bytes (`Observation.001.ndjson`, …). */
  maxFileBytes?: number;
  /** Replace NDJSON files that the folder has; default false. */
  overwrite?: boolean;
  /** Called now and then with the number of patients written so far. */
  onProgress?: (patientsDone: number, patients: number) => void;
  signal?: AbortSignal;
}

export interface PopulationSummary {
  /** Number of resources per type. */
  resources: Record<string, number>;
  /** Size of all files. */
  bytes: number;
}

/** Full calendar years before the measurement period in which every visit is recorded. */
const detailedYears = 3;
const patientsBetweenPauses = 50;

/**
 * Generates a synthetic population as FHIR R4 NDJSON. Patients are independent of each other: patient number 7 is
 * the same in a population of 10 and of 10 million. Memory does not grow with the population.
 * @throws Diagnostic for impossible options, and for a folder that has NDJSON files already.
 */
export async function generatePopulation(options: PopulationOptions): Promise<PopulationSummary> {
  const { patients, outDir, onProgress, signal } = options;
  if (!Number.isInteger(patients) || patients < 1 || patients > 100_000_000) {
    throw new Diagnostic(
      `the number of patients must be a whole number from 1 to 100000000, not ${patients}`,
    );
  }
  const frame = frameOf(options.periodEnd ?? '2026-12-31', options.asOf ?? '2026-11-01');
  const seed = seedNumber(options.seed);
  signal?.throwIfAborted();
  const output = new NdjsonOutput(outDir, options);
  try {
    const directory = writeDirectory(output, seed, frame.asOf);
    for (let index = 0; index < patients; index++) {
      writePatient(output, index, seed, directory, frame);
      if ((index + 1) % patientsBetweenPauses === 0) {
        onProgress?.(index + 1, patients);
        await setImmediate();
        signal?.throwIfAborted();
      }
    }
    onProgress?.(patients, patients);
    return output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  }
}

function frameOf(periodEnd: string, asOf: string): Frame {
  for (const date of [periodEnd, asOf]) {
    if (Number.isNaN(dayOf(date))) throw new Diagnostic(`"${date}" is not a date of the form YYYY-MM-DD`);
  }
  if (dayOf(asOf) > dayOf(periodEnd)) {
    throw new Diagnostic(`the data's day (${asOf}) must not be after the period's end (${periodEnd})`);
  }
  return {
    asOf: dayOf(asOf),
    periodEnd: dayOf(periodEnd),
    detailedFrom: firstDayOf(yearOf(dayOf(periodEnd)) - detailedYears),
  };
}
