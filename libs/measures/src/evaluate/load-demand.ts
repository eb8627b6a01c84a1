import { mergeDemands, type Demand } from '@catchment/fhir';
import { modelDemand } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import { listMeasures } from '../packages';
import { prepareMeasures } from './prepare-measures';

/** What measures read does not depend on the year. */
const anyYear = { start: '2026-01-01', end: '2026-12-31' };

/**
 * What a load is to store: what the models read, and into a warehouse that holds nothing yet what the imported measures
 * read, too, or their first evaluation would read every type a second time. A warehouse that holds something stores
 * more of it when a measure asks. A measure that cannot be compiled demands nothing; its evaluation says why.
 */
export function loadDemand(dataDir: string): (connection: Connection) => Promise<Demand> {
  return async (connection) => {
    const held = await connection.first('select 1 from registry.resource limit 1');
    if (held || listMeasures(dataDir).length === 0) return modelDemand;
    const { prepared } = prepareMeasures({
      dataDir,
      measureIds: 'all',
      period: anyYear,
      evaluatedAt: `${anyYear.end}T00:00:00`,
    });
    return mergeDemands(modelDemand, ...prepared.map(({ compiled }) => compiled.demand));
  };
}
