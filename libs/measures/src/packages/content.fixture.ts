import type { FhirResource, Library, Measure, ValueSet } from 'fhir/r4';

export const shared = `library Shared version '1.0.0'

valueset "Visits": 'http://example.org/ValueSet/visits'

parameter "Measurement Period" Interval<DateTime>

define "Always": true
`;

/** A measure library that needs no model; it includes `Shared`. */
export function mainCql(version = '2.0.0', include = '1.0.0'): string {
  return `library Main version '${version}'

include Shared version '${include}' called Shared

define "Initial Population": Shared."Always"
`;
}

/** A proportion of everybody; its defines are in `Main`. */
export function measure(parts: Partial<Measure> = {}): Measure {
  return {
    resourceType: 'Measure',
    id: 'EXAMPLE',
    url: 'http://example.org/Measure/EXAMPLE',
    name: 'Example',
    title: 'An example',
    status: 'active',
    version: '2.0.0',
    copyright: 'Copyright of its steward',
    disclaimer: 'No warranty',
    library: ['http://example.org/Library/Main|2.0.0'],
    group: [
      {
        population: [
          {
            code: { coding: [{ code: 'initial-population' }] },
            criteria: { language: 'text/cql-identifier', expression: 'Initial Population' },
          },
        ],
      },
    ],
    ...parts,
  };
}

export function library(name: string, content: { cql?: string; elm?: object }): Library {
  const attach = (contentType: string, text: string) => ({
    contentType,
    data: Buffer.from(text).toString('base64'),
  });
  return {
    resourceType: 'Library',
    name,
    url: `http://example.org/Library/${name}`,
    status: 'active',
    type: { coding: [{ code: 'logic-library' }] },
    content: [
      ...(content.cql === undefined ? [] : [attach('text/cql', content.cql)]),
      ...(content.elm === undefined
        ? []
        : [attach('application/elm+json', JSON.stringify({ library: content.elm }))]),
    ],
  };
}

export function valueSet(canonical = 'http://example.org/ValueSet/visits'): ValueSet {
  const contains = [{ system: 'http://snomed.info/sct', code: '308335008' }];
  return {
    resourceType: 'ValueSet',
    url: canonical,
    version: '1',
    status: 'active',
    expansion: { timestamp: '2026', contains },
  };
}

export function bundle(...resources: FhirResource[]): string {
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({ resource })),
  });
}

/** ELM as a translator writes it, annotations with the text included. */
export function elm(
  id: string,
  version: string,
  statements: Record<string, string>,
  includes: object[] = [],
): object {
  return {
    identifier: { id, version },
    includes: { def: includes },
    statements: {
      def: Object.entries(statements).map(([name, text], index) => ({
        name,
        context: 'Patient',
        locator: `${index + 3}:1-${index + 3}:40`,
        expression: { type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Boolean', value: 'true' },
        annotation: [{ type: 'Annotation', s: { s: [{ value: [text] }] } }],
      })),
    },
  };
}
