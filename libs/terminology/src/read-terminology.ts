import type { FhirResource } from 'fhir/r4';
import { contentFiles } from '@catchment/platform';
import { parseJson, resourcesIn } from './fhir-documents';
import { readManifest, type Manifest } from './manifest';
import { readValueSet } from './read-value-set';
import type { ValueSetSource } from './value-set';

/** What files say about value sets. */
export interface TerminologySources {
  valueSets: ValueSetSource[];
  manifests: Manifest[];
}

/**
 * Reads value sets and manifests from FHIR JSON files, Bundles, archives (zip, tgz) and folders of them.
 * @throws Diagnostic for a missing path, a hostile archive, a file that is no JSON.
 */
export async function readTerminology(
  paths: readonly string[],
  onProgress?: (files: number) => void,
): Promise<TerminologySources> {
  const sources: TerminologySources = { valueSets: [], manifests: [] };
  let files = 0;
  for (const path of paths) {
    for await (const file of contentFiles(path, (name) => /\.(json|zip|tgz|tar\.gz)$/i.test(name))) {
      for (const resource of resourcesIn(parseJson(await file.text(), file.path)))
        addTerminology(sources, resource, file.path);
      onProgress?.(++files);
    }
  }
  return sources;
}

/** Adds a resource if it is a value set or a manifest. */
export function addTerminology(sources: TerminologySources, resource: FhirResource, from: string): void {
  if (resource.resourceType === 'ValueSet') sources.valueSets.push(readValueSet(resource, from));
  if (resource.resourceType !== 'Library') return;
  const manifest = readManifest(resource, from);
  if (manifest) sources.manifests.push(manifest);
}
