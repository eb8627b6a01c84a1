import type { CodeableConcept, FhirResource } from 'fhir/r4';
import type { Elements, ValuesOf } from './element';

/** Why a row makes no resource although each of its cells can be read. */
export class UnfitRow extends Error {}

/** A kind of table: what its columns may say, and the resource that a row becomes. */
export interface Kind {
  resourceType: FhirResource['resourceType'];
  elements: Elements;
  /** Elements of which a row has one at least, where any of them is mapped. */
  oneOf?: readonly string[];
  /** @throws UnfitRow */
  build(values: Record<string, unknown>): object;
}

type Built<T extends FhirResource['resourceType']> = Omit<
  Extract<FhirResource, { resourceType: T }>,
  'resourceType' | 'id'
>;

/** A kind whose `build` is checked against its elements and the resource's shape. */
export function kind<T extends FhirResource['resourceType'], E extends Elements>(definition: {
  resourceType: T;
  elements: E;
  oneOf?: readonly (keyof E & string)[];
  build: (values: ValuesOf<E>) => Built<T>;
}): Kind {
  return definition;
}

/** A concept of one of HL7's own code systems. */
export function hl7Concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}

/** A period; undefined where neither end is known. */
export function period(start?: string, end?: string): { start?: string; end?: string } | undefined {
  return start === undefined && end === undefined ? undefined : { start, end };
}

/** A list of one, or none at all: FHIR has no empty lists. */
export function listOf<T>(value: T | undefined): T[] | undefined {
  return value === undefined ? undefined : [value];
}
