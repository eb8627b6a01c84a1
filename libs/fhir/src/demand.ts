/**
 * What the loaded measures and the product need of each resource type, as a tree of JSON property names
 * (choice alternatives resolved: `valueQuantity`). A node without children asks for the element's normal form
 * where that is one column (primitive, date, concept), and for nothing else otherwise.
 */
export interface DemandNode {
  [property: string]: DemandNode;
}

export type Demand = Record<string, DemandNode>;

/** Adds one path, for example `('Observation', ['component', 'valueQuantity', 'value'])`. */
export function addDemand(demand: Demand, resourceType: string, path: readonly string[]): void {
  let node = (demand[resourceType] ??= {});
  for (const property of path) node = node[property] ??= {};
}

/** The union of several demands; the inputs are not changed. */
export function mergeDemands(...demands: readonly Demand[]): Demand {
  const merged: Demand = {};
  for (const demand of demands) mergeNode(merged, demand);
  return merged;
}

/** Is everything that `needed` asks for already part of `available`? */
export function coversDemand(available: DemandNode, needed: DemandNode): boolean {
  return Object.entries(needed).every(([property, node]) => {
    const present = available[property];
    return present !== undefined && coversDemand(present, node);
  });
}

function mergeNode(target: DemandNode, source: DemandNode): void {
  for (const [property, node] of Object.entries(source)) mergeNode((target[property] ??= {}), node);
}
