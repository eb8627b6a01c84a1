export { explainPatient, type ExplainRequest } from './explain-patient';
export { explainPlan } from './explain-plan';
export type { Explanation, ExplainedGroup, ExplainedResult, ResourceReference } from './explanation';
