import { Diagnostic } from '@catchment/platform';
import { Source, SourceMapping, type Store } from '@catchment/store';
import type { Mapping } from './mapping/mapping-schema';
import { readMapping } from './mapping/read-mapping';

type Database = Pick<Store, 'dataSource'>;

export interface GivenMapping {
  /** YAML or JSON. */
  text: string;
  fileName: string;
  /** Email of who gives it. */
  createdBy: string;
}

/**
 * Keeps a mapping as the newest version of a source's; the ones before stay.
 * @throws MappingFault naming what is wrong with it; then nothing is kept
 */
export async function keepMapping(
  { dataSource }: Database,
  sourceId: string,
  given: GivenMapping,
): Promise<SourceMapping> {
  readMapping(given.text, given.fileName);
  return dataSource.transaction(async (manager) => {
    // Two at once get one number after the other.
    await manager.findOneOrFail(Source, { where: { id: sourceId }, lock: { mode: 'pessimistic_write' } });
    const last = await manager.findOne(SourceMapping, { where: { sourceId }, order: { version: 'DESC' } });
    return manager.save(SourceMapping, { ...given, sourceId, version: (last?.version ?? 0) + 1 });
  });
}

/** The mapping that holds; null where the source has none yet. */
export function newestMapping({ dataSource }: Database, sourceId: string): Promise<SourceMapping | null> {
  return dataSource.getRepository(SourceMapping).findOne({ where: { sourceId }, order: { version: 'DESC' } });
}

/** @throws Diagnostic where there is none */
export async function mappingOfSource(store: Database, sourceId: string): Promise<Mapping> {
  const newest = await newestMapping(store, sourceId);
  if (!newest) throw new Diagnostic('the source has no mapping yet: give it one before files are loaded');
  return readMapping(newest.text, newest.fileName);
}
