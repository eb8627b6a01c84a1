export { modelDemand } from './demand';
export { Parameters } from './parameters';
export { panelCondition, type PanelFilter } from './panel';
export { populationCondition, listedPopulations, type ListedPopulation } from './population-condition';
