export { isBetter, patientsToTarget, type ImprovementNotation } from './improvement';
