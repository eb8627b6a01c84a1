import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

/** A test that is known not to give what the suite expects, and why. */
export interface Skip {
  file: string;
  group: string;
  test: string;
  class: keyof typeof skipClasses;
  reason: string;
}

export const skipClasses = {
  'wrong expectation': 'the expectation contradicts the specification, or another test of the suite',
  translator: 'the official translator refuses the expression, or translates it to something else',
  'not built': 'not built yet',
} as const;

/** The skip list, `docs/cql-suite-skips.json`. */
export function readSkips(): Skip[] {
  return JSON.parse(readFileSync(join(projectRoot(), 'docs', 'cql-suite-skips.json'), 'utf8')) as Skip[];
}
