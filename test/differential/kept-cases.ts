import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import type { FhirResource } from 'fhir/r4';

/** A disagreement of the two engines that mutated patients showed, as its smallest patient, and what it is. */
export interface KeptCase {
  name: string;
  measure: string;
  /** `Library.define` */
  define: string;
  /** Other defines in which the same shows. */
  also?: string[];
  ours: string;
  theirs: string;
  verdict: string;
  resources: FhirResource[];
}

const folder = join(projectRoot(), 'test', 'differential', 'cases');

export function readKeptCases(): KeptCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<KeptCase, 'name'>),
      name: file.replace('.json', ''),
    }));
}
