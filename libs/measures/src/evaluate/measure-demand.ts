import { mergeDemands, type Demand } from '@catchment/fhir';
import { prepareMeasures, type PrepareRequest } from './prepare-measures';

/**
 * What measures read of the data, so that a load can store it at once. A measure that cannot be compiled demands
 * nothing; its evaluation says why.
 */
export function measureDemand(request: PrepareRequest): Demand {
  return mergeDemands(...prepareMeasures(request).prepared.map(({ compiled }) => compiled.demand));
}
