export { matchPersons, type MatchReport } from './identity/match-persons';
export { modelDemand } from './demand';
export { Parameters } from './parameters';
export { panelCondition, type PanelFilter } from './panel';
export { populationCondition, listedPopulations, type ListedPopulation } from './population-condition';
export { checkIdentityRule, defaultIdentityRule, type IdentityRule } from './identity/identity-rule';
export { writeDecisions, type IdentityDecision } from './identity/link-records';
export { settlePersons } from './persons/settle-persons';
