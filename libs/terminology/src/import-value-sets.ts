import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import type { Manifest } from './manifest';
import { readTerminology, type TerminologySources } from './read-terminology';
import { resolveValueSets, type Resolved } from './resolve-value-sets';
import { storeDisplays } from './store-displays';
import { storePins, storeValueSets, type Origin } from './store-value-sets';
import { codeKey, splitCanonical, type CodeKey, type RefusedValueSet } from './value-set';

export interface ImportOptions {
  origin?: Origin;
  /** Id of the manifest whose pinned versions hold from now on, when the content has several. */
  manifest?: string;
  /** Take incomplete expansions that cannot be completed; the report names them. */
  acceptTruncated?: boolean;
  onProgress?: (files: number) => void;
}

/** What became of the value sets of an import. */
export interface ValueSetImport {
  imported: number;
  codes: number;
  /** Value sets whose codes were found through `compose`. */
  completed: string[];
  /** Incomplete value sets that were taken on demand. */
  truncated: string[];
  refused: RefusedValueSet[];
  /** The manifest whose versions are pinned now. */
  manifest?: string;
  notes: string[];
}

/**
 * Imports value sets from FHIR JSON files, Bundles, zip archives and folders, all or nothing of those that are sound.
 * @throws Diagnostic when the paths hold no value set and no manifest, and for unreadable files.
 */
export async function importValueSets(
  connection: Connection,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ValueSetImport> {
  const sources = await readTerminology(paths, options.onProgress);
  if (sources.valueSets.length + sources.manifests.length === 0) {
    throw new Diagnostic(`there is no FHIR ValueSet (JSON) in ${paths.join(', ')}`);
  }
  return connection.transaction(async () => importTerminology(connection, sources, options));
}

/** The same for value sets that were read already; call it in a transaction. */
export async function importTerminology(
  connection: Connection,
  sources: TerminologySources,
  options: ImportOptions = {},
): Promise<ValueSetImport> {
  const known = await knownCodes(connection, sources);
  const resolved = resolveValueSets(sources.valueSets, {
    known: (reference) => known.get(reference),
    acceptTruncated: options.acceptTruncated,
  });
  await storeValueSets(connection, resolved.valueSets, resolved.refused, options.origin ?? 'imported');
  await storeDisplays(connection, sources.valueSets);
  const { manifest, notes } = chooseManifest(sources.manifests, options.manifest);
  if (manifest) await storePins(connection, manifest);
  return { ...summary(resolved), manifest: manifest?.id, notes };
}

function summary({ valueSets, refused }: Resolved): Omit<ValueSetImport, 'notes'> {
  const by = (how: string) => valueSets.filter((set) => set.by === how).map((set) => set.canonical);
  return {
    imported: valueSets.length,
    codes: valueSets.reduce((sum, { codes }) => sum + codes.size, 0),
    completed: by('compose'),
    truncated: by('truncated expansion'),
    refused,
  };
}

/** A folder may hold the manifests of several releases and drafts; which one holds is not ours to guess. */
function chooseManifest(
  manifests: readonly Manifest[],
  wanted: string | undefined,
): { manifest?: Manifest; notes: string[] } {
  const pinning = manifests.filter(({ pins }) => pins.length > 0);
  const ids = [...new Set(pinning.map(({ id }) => id))];
  if (wanted !== undefined) {
    const manifest = manifests.find(({ id }) => id === wanted);
    if (manifest) return { manifest, notes: [] };
    throw new Diagnostic(`there is no manifest ${wanted}; the content has ${ids.join(', ') || 'none'}`);
  }
  if (ids.length < 2) return { manifest: pinning[0], notes: [] };
  return { notes: [`no versions are pinned: choose one of the manifests ${ids.join(', ')}`] };
}

/** Codes of value sets that are in the warehouse and that the arriving ones refer to without bringing them. */
async function knownCodes(
  connection: Connection,
  { valueSets }: TerminologySources,
): Promise<Map<string, Set<CodeKey>>> {
  const brought = new Set(valueSets.map(({ canonical }) => canonical));
  const references = new Set(
    valueSets.flatMap(({ compose }) =>
      [...(compose?.include ?? []), ...(compose?.exclude ?? [])].flatMap((part) => part.valueSets),
    ),
  );
  const known = new Map<string, Set<CodeKey>>();
  for (const reference of references) {
    const { canonical, version } = splitCanonical(reference);
    if (brought.has(canonical) && version === undefined) continue;
    const rows = await connection.rows<{ system: string | null; code: string }>(
      `select system, code from terminology.value_set_code
       where vs_id in (${
         version === undefined
           ? `select vs_id from terminology.current_value_set where canonical = $1 and origin = 'imported'`
           : `select vs_id from terminology.value_set where canonical = $1 and version = $2 and origin = 'imported'`
       })`,
      version === undefined ? [canonical] : [canonical, version],
    );
    if (rows.length > 0)
      known.set(reference, new Set(rows.map(({ system, code }) => codeKey(system ?? undefined, code))));
  }
  return known;
}
