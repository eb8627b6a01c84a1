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
  return facts.get([resourceType, ...path].join('.'));
}
