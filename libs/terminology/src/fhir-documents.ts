import type { Bundle, FhirResource } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';

/**
 * The FHIR resources of a JSON text: one resource, or those of a Bundle, Bundles inside it opened, too. JSON that is
 * no FHIR resource gives none.
 * @throws Diagnostic for a text that is no JSON.
 */
export function resourcesIn(text: string, file: string): FhirResource[] {
  const found: FhirResource[] = [];
  const open = (value: unknown): void => {
    if (!isResource(value)) return;
    if (value.resourceType !== 'Bundle') found.push(value);
    else for (const { resource } of (value as Bundle).entry ?? []) open(resource);
  };
  open(parse(text, file));
  return found;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // The parser's message quotes the text, which may be about a patient.
    throw new Diagnostic('the file is no valid JSON', { file });
  }
}

function isResource(value: unknown): value is FhirResource {
  return (
    typeof value === 'object' && value !== null && typeof (value as FhirResource).resourceType === 'string'
  );
}
