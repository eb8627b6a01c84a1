import type { Bundle, FhirResource } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';

/** @throws Diagnostic for a text that is no JSON. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // The parser's message quotes the text, which may be about a patient.
    throw new Diagnostic('the file is no valid JSON', { file });
  }
}

/** A FHIR resource, or those of a Bundle, Bundles inside it opened, too; none when the value is no FHIR resource. */
export function resourcesIn(value: unknown): FhirResource[] {
  if (!isResource(value)) return [];
  if (value.resourceType !== 'Bundle') return [value];
  return ((value as Bundle).entry ?? []).flatMap(({ resource }) => resourcesIn(resource));
}

function isResource(value: unknown): value is { resourceType: string } & FhirResource {
  return (
    typeof value === 'object' && value !== null && typeof (value as FhirResource).resourceType === 'string'
  );
}
