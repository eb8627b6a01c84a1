import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

/** The version of Catchment that computes, for the record of a run. */
export function engineVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
