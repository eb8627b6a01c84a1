import type { CodeableConcept, Extension } from 'fhir/r4';

/** Extensions of the CQF measures guide and of FHIR core that say the same thing; both hosts occur in content. */
const hosts = [
  'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-',
  'http://hl7.org/fhir/StructureDefinition/cqf-',
];

interface Extended {
  extension?: Extension[];
}

/** All extensions of one name, for example `scoring`, in the order in which they stand. */
export function extensionsOf(of: Extended, name: string): Extension[] {
  return (of.extension ?? []).filter((extension) => hosts.some((host) => extension.url === host + name));
}

/** The code of an extension whose value is a code, a text or a concept; undefined when it is absent. */
export function extensionCode(of: Extended, name: string): string | undefined {
  const [extension] = extensionsOf(of, name);
  if (!extension) return undefined;
  return extension.valueCode ?? extension.valueString ?? codeOf(extension.valueCodeableConcept);
}

/** The first code of a concept. */
export function codeOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.find((coding) => coding.code !== undefined)?.code;
}
