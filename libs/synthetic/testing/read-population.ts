import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Resource = { resourceType: string; id: string } & { [name: string]: Json };

/** The resources of a generated folder, file by file in order of name. */
export function readPopulation(folder: string): Resource[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Resource);
}

/** SHA-256 of every file, by name. */
export function fileHashes(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** Visits every value that is no list and no object, with its path: `Encounter.period.start`. */
export function visitLeaves(
  value: Json,
  path: string,
  visit: (leaf: string | number | boolean | null, path: string) => void,
): void {
  if (value !== null && typeof value === 'object') {
    if (Array.isArray(value)) for (const item of value) visitLeaves(item, path, visit);
    else for (const [name, member] of Object.entries(value)) visitLeaves(member, `${path}.${name}`, visit);
  } else visit(value, path);
}

/** Visits every object that has a member of that name, such as each CodeableConcept by `coding`. */
export function visitObjectsWith(
  value: Json,
  member: string,
  visit: (found: { [name: string]: Json }) => void,
): void {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value) && member in value) visit(value);
  for (const inner of Object.values(value)) visitObjectsWith(inner, member, visit);
}

/** Id of the patient that a resource is about. */
export function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  for (const name of ['subject', 'patient', 'beneficiary', 'for', 'participant']) {
    const text = JSON.stringify(resource[name] ?? '');
    const found = /"reference":"Patient\/([^"]+)"/.exec(text);
    if (found) return found[1];
  }
  return undefined;
}
