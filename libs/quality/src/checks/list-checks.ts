import type { Demand } from '@catchment/fhir';
import type { TypedColumns } from '../typed-columns';
import type { Check } from './check';
import { completenessChecks } from './completeness';
import { duplicateChecks } from './duplicates';
import { plausibilityChecks } from './plausibility';
import { referenceChecks, sharedIdChecks } from './references';
import { quantityChecks } from './values';

/**
 * Every check of what the typed tables hold, in an order that depends on nothing else.
 * @param asOf instant up to which the data are known, ISO 8601 without zone
 */
export function listChecks(held: Demand, typed: TypedColumns, asOf: string): Check[] {
  return [
    ...completenessChecks(held),
    ...plausibilityChecks(held, asOf),
    ...quantityChecks(held),
    ...referenceChecks(held),
    ...sharedIdChecks(held),
    ...duplicateChecks(held, typed),
  ];
}
