import type { Library } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';
import { splitCanonical } from './value-set';

/** A release manifest: which version of each value set a release of measures was made with. */
export interface Manifest {
  /** Resource id, by which people choose one of several. */
  id: string;
  title?: string;
  pins: { canonical: string; version: string }[];
}

/**
 * Reads a manifest (a Library of type `asset-collection`, CRMI): its versioned dependencies on value sets.
 * @returns undefined for any other Library.
 * @throws Diagnostic for a canonical that is pinned to two versions.
 */
export function readManifest(library: Library, from: string): Manifest | undefined {
  const isCollection = library.type.coding?.some(({ code }) => code === 'asset-collection');
  if (!isCollection) return undefined;
  const pins = (library.relatedArtifact ?? [])
    .filter(({ type, resource }) => type === 'depends-on' && resource !== undefined)
    .filter((artifact) => /\/ValueSet\//.test(artifact.resource!) || resourceTypeOf(artifact) === 'ValueSet')
    .map(({ resource }) => splitCanonical(resource!))
    .filter((pin): pin is { canonical: string; version: string } => pin.version !== undefined);
  const versions = new Map<string, string>();
  for (const { canonical, version } of pins) {
    const other = versions.get(canonical);
    if (other !== undefined && other !== version) {
      throw new Diagnostic(`the manifest pins ${canonical} to ${other} and to ${version}`, { file: from });
    }
    versions.set(canonical, version);
  }
  return {
    id: library.id ?? library.name ?? library.url ?? '',
    title: library.title ?? library.name,
    pins: [...versions].map(([canonical, version]) => ({ canonical, version })),
  };
}

function resourceTypeOf(artifact: object): string | undefined {
  const { _resource: element } = artifact as {
    _resource?: { extension?: { url: string; valueCode?: string }[] };
  };
  return element?.extension?.find(({ url }) => url.endsWith('/cqf-resourceType'))?.valueCode;
}
