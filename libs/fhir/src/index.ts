export {
  isFhirType,
  isResourceType,
  resourceTypes,
  primaryCodePath,
  findElement,
  elementsOf,
  shapeOf,
  choiceProperty,
  type Element,
} from './model';
export { normalForm, type NormalForm } from './model';
export { addDemand, mergeDemands, coversDemand, type Demand, type DemandNode } from './demand';
export { elementFact, type ElementFact, type ElementFacts } from './element-facts';
