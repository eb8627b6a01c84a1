export { generatePopulation, type PopulationOptions, type PopulationSummary } from './population';
