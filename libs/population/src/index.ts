export { modelDemand } from './demand';
export { Parameters } from './parameters';
export { panelCondition, type PanelFilter } from './panel';
export { populationCondition, listedPopulations, type ListedPopulation } from './population-condition';
export { readRuleVersion, setRule } from './rule-versions';
export { checkIdentityRule, defaultIdentityRule, type IdentityRule } from './identity/identity-rule';
export { decideIdentity, readDecisionTrail, withdrawDecision, type NewDecision } from './identity/decisions';
export { identifyPersons, type IdentifyReport } from './identity/identify-persons';
export { readReviewQueue, type PairEvidence, type ReviewPair } from './identity/review-queue';
export { writeDecisions, type IdentityDecision } from './identity/link-records';
export { settlePersons } from './persons/settle-persons';
export {
  attributionSteps,
  checkAttributionRule,
  defaultAttributionRule,
  lookBacks,
  type AttributionRule,
  type AttributionStep,
} from './attribution/attribution-rule';
export { importRoster, type RosterRequest } from './attribution/import-roster';
export {
  previewAttribution,
  type AttributionPreview,
  type SiteMove,
} from './attribution/preview-attribution';
export { writeAttribution } from './attribution/write-attribution';
export { preparePopulation } from './prepare-population';
