export {
  importValueSets,
  importTerminology,
  type ImportOptions,
  type ValueSetImport,
} from './import-value-sets';
export { readTerminology, addTerminology, type TerminologySources } from './read-terminology';
export { resolveValueSets, type Resolved, type ResolveOptions } from './resolve-value-sets';
export { storeValueSets, type Origin } from './store-value-sets';
export { listValueSets, missingValueSets, type ListedValueSet } from './list-value-sets';
export { bindCodeSets, CodeSetBinding, type BoundValueSet } from './bind-code-sets';
export { bindMembers } from './bind-members';
export { parseJson, resourcesIn } from './fhir-documents';
export { splitCanonical, versioned, type ValueSet, type RefusedValueSet } from './value-set';
export { bindUnits } from './bind-units';
export { unitsInData } from './units-in-data';
