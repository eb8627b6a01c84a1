/** What is known of all stored values of one element. */
export interface ElementFact {
  /** No stored resource has the element. */
  absent: boolean;
  /** Dates and times: every one is a single instant or day, none is less precise than its type. */
  exact: boolean;
  /** Dates and times: the day, on the stated clock, of every one is known. */
  daily: boolean;
  /** Dates and times: every one was stated without an offset or as UTC. */
  utc: boolean;
  /** Of the element `id`: no patient has two resources of the type with the same one, as two sources could bring them. */
  uniqueId: boolean;
}

/**
 * What is known of the stored data, by resource type (`Observation`) and element (`Observation.component.valueQuantity`,
 * JSON names). Nothing is known of what is not listed.
 */
export type ElementFacts = ReadonlyMap<string, ElementFact>;

export function elementFact(
  facts: ElementFacts,
  resourceType: string,
  path: readonly string[] = [],
): ElementFact | undefined {
  let node = treeOf(facts).parts.get(resourceType);
  for (const property of path) {
    if (!node) return undefined;
    node = node.parts.get(property);
  }
  return node?.fact;
}

/** Facts by the steps of their paths. */
interface FactNode {
  fact?: ElementFact;
  readonly parts: Map<string, FactNode>;
}

const trees = new WeakMap<ElementFacts, FactNode>();

/** Compilations ask for tens of thousands of facts; what was read of the data is not changed afterwards. */
function treeOf(facts: ElementFacts): FactNode {
  const known = trees.get(facts);
  if (known) return known;
  const tree: FactNode = { fact: undefined, parts: new Map() };
  for (const [path, fact] of facts) {
    let node = tree;
    for (const step of path.split('.')) {
      const next = node.parts.get(step) ?? { fact: undefined, parts: new Map() };
      node.parts.set(step, next);
      node = next;
    }
    node.fact = fact;
  }
  trees.set(facts, tree);
  return tree;
}
