export { modelDemand } from './demand';
