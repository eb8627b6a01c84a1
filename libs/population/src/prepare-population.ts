import { ensureDemand } from '@catchment/ingest';
import type { Store } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';
import { writeAttribution } from './attribution/write-attribution';
import { modelDemand } from './demand';
import { identifyPersons } from './identity/identify-persons';

/**
 * Brings the warehouse up to what an evaluation is about, out of what people decided and chose: who is one person, and
 * by which rule patients are attributed. To be called before an evaluation.
 */
export async function preparePopulation(
  connection: Connection,
  dataDir: string,
  dataSource: Store['dataSource'],
): Promise<void> {
  await identifyPersons(connection, dataDir, dataSource);
  await ensureDemand(connection, dataDir, modelDemand);
  await writeAttribution(connection, dataSource);
}
